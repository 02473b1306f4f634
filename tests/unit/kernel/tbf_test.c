/* What a header says of permissions, storage, identity and writeable flash, against rules written
 * anew here. */

#include "fixture.h"
#include "random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

enum {
	SIZE = 0x1000,
	REGIONS = 2,
	PERMISSIONS = 6,
	STORAGE = 7,
	SHORT_ID = 10,
	VALUE_MAX = 2100,
};

/* A header of just Program, KernelVersion and these elements. */
static uint8_t *flash;
static uint32_t used;

static void begin(void)
{
	fixture_teardown(NULL);
	fixture_setup(NULL);
	flash = fixture_bytes(FIXTURE_FLASH);

	const struct image image = {.total_size = 2 * SIZE, .minimum_ram = 64};

	fixture_image(&image);
	used = image_header_size(&image);
}

static void add(uint32_t type, const uint8_t *value, uint32_t length)
{
	image_put_u16(flash + used, type);
	image_put_u16(flash + used + 2, length);
	memcpy(flash + used + 4, value, length);
	used += 4 + (length + 3) / 4 * 4;
}

static enum load_outcome load(void)
{
	image_put_u16(flash + 2, used);
	image_seal(flash, used);
	fixture_start();
	return fixture.loads[0].outcome;
}

static enum load_outcome load_with(uint32_t type, const uint8_t *value, uint32_t length)
{
	begin();
	add(type, value, length);
	return load();
}

/* --- Permissions --- */

static void permissions_hold_what_they_promise(void **state)
{
	static uint8_t value[VALUE_MAX];

	(void)state;
	for (uint32_t count = 0; count < 131; count++) {
		for (int32_t excess = -3; excess < 4; excess++) {
			int32_t length = 2 + 16 * (int32_t)count + excess;
			bool is_good = excess >= 0 && count <= 128;

			if (length < 0) {
				continue;
			}
			image_put_u16(value, count);
			assert_int_equal(load_with(PERMISSIONS, value, (uint32_t)length),
					 is_good ? LOAD_STARTED : LOAD_BAD_TLV);
		}
	}
	image_put_u16(value, 0xffff);
	assert_int_equal(load_with(PERMISSIONS, value, 2 + 16 * 127), LOAD_BAD_TLV);
	image_put_u16(value, 0x1000); /* 16 * 0x1000 is 0 in 16 bits */
	assert_int_equal(load_with(PERMISSIONS, value, 2), LOAD_BAD_TLV);
}

/* --- Storage --- */

static bool storage_is_good(const uint8_t *value, uint32_t length)
{
	uint32_t at = 4;

	for (uint32_t list = 0; list < 2; list++) {
		if (at + 2 > length) {
			return false;
		}
		uint32_t count = image_u16(value + at);

		at += 2 + 4 * count;
		if (count > 8 || at > length) {
			return false;
		}
	}
	return true;
}

static void storage_lists_are_whole(void **state)
{
	struct random source = {1};
	uint32_t good = 0;

	(void)state;
	for (uint32_t i = 0; i < 30000; i++) {
		uint8_t value[90] = {0};
		uint32_t length = random_below(&source, sizeof(value));
		uint32_t reads = random_below(&source, 11);

		image_put_u16(value + 4, random_below(&source, 50) == 0 ? 0x4000 : reads);
		image_put_u16(value + 6 + 4 * reads, random_below(&source, 11));

		bool is_good = storage_is_good(value, length);

		good += is_good;
		assert_int_equal(load_with(STORAGE, value, length),
				 is_good ? LOAD_STARTED : LOAD_BAD_TLV);
	}
	assert_true(good > 5000 && good < 25000);
}

/* A list that promises more, as the last thing in flash: what is not there is not looked at. */
static void nothing_is_read_beyond_the_header(void **state)
{
	static const uint8_t types[][2] = {{STORAGE, 8}, {PERMISSIONS, 2}};

	(void)state;
	for (uint32_t i = 0; i < 2 * 16; i++) {
		uint32_t length = types[i % 2][1];
		uint32_t padded = (length + 3) / 4 * 4;

		begin();
		fixture.board.flash_start = FIXTURE_FLASH + FIXTURE_FLASH_BYTES - 20 - padded;
		flash = fixture_bytes(fixture.board.flash_start);
		memset(flash, 0, 20 + padded);
		image_put_u16(flash, 2);
		image_put_u32(flash + 4, 20 + padded);
		image_put_u32(flash + 8, 1);
		image_put_u16(flash + 16, types[i % 2][0]);
		image_put_u16(flash + 18, length);
		image_put_u16(flash + (types[i % 2][0] == STORAGE ? 24 : 20), 1 + i / 2);
		used = 20 + padded;
		assert_int_equal(load(), LOAD_BAD_TLV);
	}
}

/* --- ShortId, and what comes once --- */

static void a_short_id_is_not_0(void **state)
{
	const uint8_t zero[4] = {0}, top[4] = {0, 0, 0, 1};

	(void)state;
	assert_int_equal(load_with(SHORT_ID, zero, 4), LOAD_BAD_TLV);
	assert_int_equal(load_with(SHORT_ID, top, 4), LOAD_STARTED);
	assert_int_equal(fixture_describe(0).short_id, 0x01000000);
}

static void what_decides_rights_comes_once(void **state)
{
	static const uint8_t value[8] = {1};
	static const uint32_t types[][2] = {{PERMISSIONS, 2}, {STORAGE, 8}, {SHORT_ID, 4}};
	static const uint8_t nothing[8] = {0};

	(void)state;
	for (uint32_t i = 0; i < ARRAY_LENGTH(types); i++) {
		const uint8_t *bytes = types[i][0] == SHORT_ID ? value : nothing;

		assert_int_equal(load_with(types[i][0], bytes, types[i][1]), LOAD_STARTED);
		begin();
		add(types[i][0], bytes, types[i][1]);
		add(99, value, 5);
		add(types[i][0], bytes, types[i][1]);
		assert_int_equal(load(), LOAD_BAD_TLV);
	}
}

static void a_header_has_at_most_128_elements(void **state)
{
	(void)state;
	for (uint32_t extra = 124; extra < 129; extra++) {
		begin();
		for (uint32_t i = 0; i < extra; i++) {
			add(99, flash, 0);
		}
		/* Program and KernelVersion come before. */
		assert_int_equal(load(), extra + 2 <= 128 ? LOAD_STARTED : LOAD_BAD_TLV);
	}
}

/* --- Regions --- */

enum {
	PROTECTED = 64
};

/* Regions that touch or cross a border of the program by a little. */
static void regions_lie_in_the_program(void **state)
{
	const struct image plain = {.protected_size = PROTECTED, .region_count = 1};
	const uint32_t app = image_header_size(&plain) + PROTECTED;
	const uint32_t borders[] = {0, app, 0x800, SIZE, 0x80000000, 0xfffffff8};

	(void)state;
	for (uint32_t i = 0; i < ARRAY_LENGTH(borders) * ARRAY_LENGTH(borders) * 9; i++) {
		uint64_t start = borders[i / 9 % ARRAY_LENGTH(borders)] + i % 3 - 1;
		uint64_t end = borders[i / 9 / ARRAY_LENGTH(borders)] + i / 3 % 3 - 1;
		struct image image = plain;
		bool is_good = start == end || (start >= app && start < end && end <= 0x800);

		image.binary_end = 0x800;
		image.minimum_ram = 64;
		image.regions[0][0] = (uint32_t)start;
		image.regions[0][1] = (uint32_t)(end - start);
		fixture_teardown(NULL);
		fixture_setup(NULL);
		fixture_image(&image);
		fixture_start();
		assert_int_equal(fixture.loads[0].outcome,
				 is_good ? LOAD_STARTED : LOAD_BAD_REGION);
	}
}

/* Regions of several elements count in order, and the last of them all can be the bad one. */
static void all_region_elements_count(void **state)
{
	struct random source = {7};

	(void)state;
	for (uint32_t round = 0; round < 2000; round++) {
		uint32_t expected[32][2], count = 0;
		bool is_good = true;

		begin();
		for (uint32_t i = 0; i < 1 + random_below(&source, 4); i++) {
			uint8_t value[8 * 7];
			uint32_t regions = random_below(&source, 8);

			for (uint32_t j = 0; j < regions; j++, count++) {
				uint32_t start = random_below(&source, 60) == 0 ? 8 : 0x400;

				expected[count][0] = start == 8 ? start : start + 16 * count;
				expected[count][1] = random_below(&source, 3) * 8;
				is_good &= start == 0x400 || expected[count][1] == 0;
				image_put_u32(value + 8 * j, expected[count][0]);
				image_put_u32(value + 8 * j + 4, expected[count][1]);
			}
			add(REGIONS, value, 8 * regions);
			add(99, value, random_below(&source, 8));
		}
		assert_int_equal(load(), is_good ? LOAD_STARTED : LOAD_BAD_REGION);
		if (!is_good) {
			continue;
		}
		assert_registers(fixture_call(MEMOP, 7, 0, 0, 0), 129, count, 0, 0);
		for (uint32_t i = 0; i <= count; i++) {
			if (i == count || expected[i][1] == 0) {
				assert_registers(fixture_call(MEMOP, 8, i, 0, 0), 0, 1, 0, 0);
				continue;
			}

			uint32_t start = FIXTURE_FLASH + expected[i][0];

			assert_registers(fixture_call(MEMOP, 8, i, 0, 0), 129, start, 0, 0);
			assert_registers(fixture_call(MEMOP, 9, i, 0, 0), 129,
					 start + expected[i][1], 0, 0);
		}
	}
}

/* --- The program's end --- */

/* What a credential vouches for holds the header and the entry point. */
static void the_program_ends_behind_its_entry(void **state)
{
	struct image image = {.minimum_ram = 64, .protected_size = PROTECTED};
	uint32_t app = image_header_size(&image) + PROTECTED;

	(void)state;
	for (uint32_t end = app - PROTECTED - 40; end < app + 8; end++) {
		image.binary_end = end;
		fixture_teardown(NULL);
		fixture_setup(NULL);
		fixture_image(&image);
		fixture_start();
		assert_int_equal(fixture.loads[0].outcome,
				 end > app ? LOAD_STARTED : LOAD_BAD_ENTRY);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    FIXTURE_TEST(permissions_hold_what_they_promise),
	    FIXTURE_TEST(storage_lists_are_whole),
	    FIXTURE_TEST(nothing_is_read_beyond_the_header),
	    FIXTURE_TEST(a_short_id_is_not_0),
	    FIXTURE_TEST(what_decides_rights_comes_once),
	    FIXTURE_TEST(a_header_has_at_most_128_elements),
	    FIXTURE_TEST(regions_lie_in_the_program),
	    FIXTURE_TEST(all_region_elements_count),
	    FIXTURE_TEST(the_program_ends_behind_its_entry),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
