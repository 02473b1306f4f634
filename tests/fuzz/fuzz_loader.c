/* libFuzzer: any bytes as application flash, behind one good application. The first byte chooses the
 * hardware's steps, whether a credential is required, and whether checksums are made right, without
 * which few inputs come far. */

#include "flash.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

enum {
	GOOD_SIZE = 0x100,
	INPUT_MAX = 0x4000
};

static uint8_t bytes[GOOD_SIZE + INPUT_MAX];

/* Makes the checksums right along the walk that the loader will make. */
static void seal_all(uint8_t *at, uint32_t left)
{
	while (left >= 16) {
		uint32_t header_size = image_u16(at + 2);
		uint32_t total_size = image_u32(at + 4);

		if (header_size < 16 || header_size > left || total_size == 0 ||
		    total_size > left) {
			return;
		}
		image_seal(at, header_size);
		at += total_size;
		left -= total_size;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned int seed);
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);

/* Now and then an image that is right is where the fuzzer starts from. */
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned int seed)
{
	static const struct image_permission permissions[] = {{1, 0, 3}, {2, 1, 1}};
	static const uint32_t ids[] = {1, 2};
	static const struct image images[] = {
	    {.name = "a", .total_size = 0x80, .minimum_ram = 64},
	    {.name = "b", .total_size = 0x100, .main_too = true, .fixed_ram = FIXTURE_RAM + 0x4000},
	    {.total_size = 0x100, .main_only = true, .region_count = 2, .protected_size = 8},
	    {.total_size = 0x180,
	     .binary_end = 0x100,
	     .permissions = permissions,
	     .permission_count = 2,
	     .short_id = 1},
	    {.total_size = 0x100,
	     .version = 2,
	     .short_id = 1,
	     .has_storage = true,
	     .storage_read_count = 1,
	     .storage_modify_count = 1,
	     .storage_ids = ids}};
	const struct image *image = &images[seed / 64 % ARRAY_LENGTH(images)];

	if (seed % 64 != 0 || size == 0 || size + image->total_size > max_size) {
		return LLVMFuzzerMutate(data, size, max_size);
	}
	memmove(data + 1 + image->total_size, data + 1, size - 1);
	image_write(data + 1, image);
	if (image->binary_end != 0) {
		uint32_t end = image_write_credential(data + 1, image->binary_end, 0, 8, 0);

		image_write_credential(data + 1, end, 3, 32, seed % 128 == 0 ? 'g' : 'b');
	}
	return size + image->total_size;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct image good = {
	    .name = "good", .total_size = GOOD_SIZE, .binary_end = 0x80, .minimum_ram = 0x100};

	if (size == 0 || size > INPUT_MAX) {
		return 0;
	}

	uint32_t length = (uint32_t)size - 1;

	image_write(bytes, &good);
	image_write_credential(bytes, good.binary_end, 3, 32, 'g');
	memcpy(bytes + GOOD_SIZE, data + 1, length);
	if ((data[0] & 1) != 0) {
		seal_all(bytes + GOOD_SIZE, length);
	}
	fixture_setup(NULL);
	fixture.checker.is_required = (data[0] & 16) != 0;

	uint32_t first = flash_load(bytes, GOOD_SIZE + length, 4u << (data[0] >> 1) % 8);

	assert_int_equal(flash_told(first, 0)->outcome, LOAD_STARTED);
	fixture_teardown(NULL);
	return 0;
}
