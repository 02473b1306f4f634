/* libFuzzer: any bytes as an application that is to be placed, behind two numbers: where. One with checksums
 * that are right and a table that is wrong is refused, or it comes out whole. */

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <tools/tbf/place.h>

enum {
	ADDRESSES = 8,
	CHECKSUM_AT = 12,
	TABLE_SUM_AT = 16,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned int seed);
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);

static void put_u32(uint8_t *at, uint32_t value)
{
	for (size_t i = 0; i < 4; i++) {
		at[i] = (uint8_t)(value >> 8 * i);
	}
}

static uint32_t get_u32(const uint8_t *at)
{
	return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

/* Makes the table's checksum right, then the header's. */
static void seal(uint8_t *bytes, size_t length)
{
	size_t header_size = length >= TBF_HEADER_BASE_SIZE ? bytes[2] | (size_t)bytes[3] << 8 : 0;
	size_t at = TBF_HEADER_BASE_SIZE;
	struct tbf_element element;

	if (header_size < TBF_HEADER_BASE_SIZE || header_size > length || header_size % 4 != 0) {
		return;
	}
	while (tbf_next(bytes, header_size, &at, &element)) {
		if (element.type == TBF_RELOCATIONS && element.length >= RELOCATION_HEADER_SIZE) {
			uint8_t *value = &bytes[element.value - bytes];
			put_u32(&value[TABLE_SUM_AT], relocation_checksum(value, element.length));
		}
	}
	put_u32(&bytes[CHECKSUM_AT], tbf_checksum(bytes, header_size));
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned int seed)
{
	size = LLVMFuzzerMutate(data, size, max_size);
	if (seed % 8 != 0 && size > ADDRESSES) {
		seal(&data[ADDRESSES], size - ADDRESSES);
	}
	return size;
}

static void place(const struct placement *placement, uint32_t flash, uint32_t ram)
{
	struct tbf_header header;
	uint8_t *placed = malloc(placement->size);

	assert(placed != NULL);
	placement_write(placement, flash, ram, placed, placement->size);
	assert(tbf_read(&header, placed, placement->size) == NULL);
	assert(header.relocations == NULL && header.fixed_ram == ram);
	assert(header.fixed_flash == flash + placement->new_offset);
	free(placed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct placement placement;

	if (size <= ADDRESSES) {
		return 0;
	}
	uint32_t flash = get_u32(data);
	uint32_t ram = get_u32(&data[4]);
	size_t length = size - ADDRESSES;
	uint8_t *bytes = malloc(length);
	struct tbf_header header;
	assert(bytes != NULL);
	memcpy(bytes, &data[ADDRESSES], length);
	if (tbf_read(&header, bytes, length) == NULL && header.relocations != NULL &&
	    placement_read(&placement, bytes, length, 0) == NULL &&
	    placement_check(&placement, flash, ram) == NULL) {
		place(&placement, flash, ram);
	}
	free(bytes);
	return 0;
}
