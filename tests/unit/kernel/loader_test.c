/* The loader: every outcome, where things are placed, and that a bad entry costs only itself. */

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

enum {
	SIZE = 0x1000,
	PROGRAM = 9,
	MAIN = 1,
	REGIONS = 2,
	FIXED = 5,
	VERSION = 8,
	SHORT_ID = 10
};

static const struct image good = {.name = "good", .minimum_ram = 0x400};

/* What was told of entry `index`. */
static const struct load_result *told(uint32_t index)
{
	assert_true(index < fixture.load_count);
	return &fixture.loads[index];
}

static bool is_named(const struct load_result *result, const char *name)
{
	size_t length = strlen(name);

	return read_span_length(result->name) == length &&
	       (length == 0 || memcmp(result->name.private_bytes, name, length) == 0);
}

/* The image between two good ones: it is refused with this outcome, and the others start. */
static const struct load_result *refused(const struct image *image, enum load_outcome outcome)
{
	fixture_teardown(NULL);
	fixture_setup(NULL);
	fixture_image(&good);

	uint32_t address = fixture_image(image);

	fixture_image(&good);
	fixture_start();
	assert_int_equal(fixture.load_count, 3);
	assert_int_equal(told(0)->outcome, LOAD_STARTED);
	assert_int_equal(told(1)->outcome, outcome);
	assert_int_equal(told(1)->flash_start, address);
	assert_true(process_id_equal(told(1)->id, PROCESS_ID_NONE));
	assert_int_equal(told(2)->outcome, LOAD_STARTED);
	assert_int_equal(fixture_process(1)->flash_start, told(2)->flash_start);
	assert_null(fixture.processes[2]);
	return told(1);
}

static void accepted(const struct image *image)
{
	fixture_teardown(NULL);
	fixture_setup(NULL);
	fixture_image(image);
	fixture_start();
	assert_int_equal(fixture.load_count, 1);
	assert_int_equal(told(0)->outcome, LOAD_STARTED);
	assert_non_null(RUNNING);
}

static void erased_flash_holds_nothing(void **state)
{
	(void)state;
	fixture_start();
	assert_int_equal(fixture.load_count, 0);
	fixture_teardown(NULL);
	fixture_setup(NULL);
	memset(fixture_bytes(FIXTURE_FLASH), 0, FIXTURE_FLASH_BYTES);
	fixture_start();
	assert_int_equal(fixture.load_count, 0);
	assert_null(fixture.processes[0]);
}

static void good_applications_start_in_order(void **state)
{
	(void)state;
	fixture_image(&good);
	fixture_image(
	    &(struct image){.name = "second", .minimum_ram = 0x123, .total_size = 0x1234});
	fixture_image(&(struct image){.minimum_ram = 0});
	fixture_start();
	assert_int_equal(fixture.load_count, 3);
	for (uint32_t i = 0; i < 3; i++) {
		assert_int_equal(told(i)->outcome, LOAD_STARTED);
		assert_true(process_id_equal(told(i)->id, fixture_process(i)->id));
		assert_int_equal(told(i)->flash_start, fixture_process(i)->flash_start);
	}
	assert_true(is_named(told(0), "good"));
	assert_true(is_named(told(1), "second"));
	assert_true(is_named(told(2), ""));
	assert_int_equal(fixture_process(1)->flash_start, FIXTURE_FLASH + SIZE);
	assert_int_equal(fixture_process(2)->flash_start, FIXTURE_FLASH + SIZE + 0x1234);
	assert_null(fixture.processes[3]);
}

static void another_version_ends_the_list(void **state)
{
	static const uint32_t versions[] = {0, 1, 3, 0x102, 0x200, 0xffff};

	(void)state;
	for (uint32_t i = 0; i < ARRAY_LENGTH(versions); i++) {
		fixture_teardown(NULL);
		fixture_setup(NULL);
		fixture_image(&good);
		image_put_u16(fixture_bytes(fixture_image(&good)), versions[i]);
		fixture_image(&good);
		fixture_start();
		assert_int_equal(fixture.load_count, 1);
	}
}

static void padding_and_disabled_are_skipped(void **state)
{
	(void)state;
	fixture_image(&(struct image){.name = "off", .minimum_ram = 0x400, .disabled = true});
	fixture.image_end += image_write_padding(fixture_bytes(fixture.image_end), 0x210);
	fixture.image_end += image_write_padding(fixture_bytes(fixture.image_end), 16);
	fixture_image(&good);
	fixture_start();
	assert_int_equal(fixture.load_count, 4);
	assert_int_equal(told(0)->outcome, LOAD_DISABLED);
	assert_true(is_named(told(0), "off"));
	assert_int_equal(told(1)->outcome, LOAD_PADDING);
	assert_int_equal(told(2)->outcome, LOAD_PADDING);
	assert_int_equal(told(3)->outcome, LOAD_STARTED);
	assert_int_equal(RUNNING->flash_start, FIXTURE_FLASH + SIZE + 0x220);
}

/* --- Lengths --- */

static void impossible_header_sizes_are_skipped(void **state)
{
	static const uint32_t sizes[] = {0, 1, 15, SIZE + 1, 0xffff};

	(void)state;
	for (uint32_t i = 0; i < ARRAY_LENGTH(sizes); i++) {
		fixture_teardown(NULL);
		fixture_setup(NULL);
		image_put_u16(fixture_bytes(fixture_image(&good)) + 2, sizes[i]);
		fixture_image(&good);
		fixture_start();
		assert_int_equal(fixture.load_count, 2);
		assert_int_equal(told(0)->outcome, LOAD_BAD_LENGTHS);
		assert_int_equal(told(0)->detail, sizes[i]);
		assert_int_equal(told(0)->detail_found, SIZE);
		assert_true(is_named(told(0), ""));
		assert_int_equal(told(1)->outcome, LOAD_STARTED);
	}
}

static void a_total_size_of_0_ends_the_list(void **state)
{
	(void)state;
	fixture_image(&good);
	image_put_u32(fixture_bytes(fixture_image(&good)) + 4, 0);
	fixture_image(&good);
	fixture_start();
	assert_int_equal(fixture.load_count, 2);
	assert_int_equal(told(1)->outcome, LOAD_ENDLESS);
}

static void an_entry_beyond_the_flash_ends_the_list(void **state)
{
	uint32_t left = FIXTURE_FLASH_BYTES - SIZE;
	const uint32_t sizes[] = {left + 1, 0x7fffffff, 0x80000000, 0xffffffff};

	(void)state;
	for (uint32_t i = 0; i < ARRAY_LENGTH(sizes); i++) {
		fixture_teardown(NULL);
		fixture_setup(NULL);
		fixture_image(&good);

		uint8_t *bytes = fixture_bytes(fixture_image(&good));

		image_put_u32(bytes + 4, sizes[i]);
		image_seal(bytes, image_u16(bytes + 2));
		fixture_start();
		assert_int_equal(fixture.load_count, 2);
		assert_int_equal(told(1)->outcome, LOAD_BEYOND_FLASH);
		assert_int_equal(told(1)->detail, sizes[i]);
		assert_int_equal(told(1)->detail_found, left);
	}
}

/* The last bytes of the flash: an entry may fill it, and fewer than 8 bytes are none. */
static void the_list_may_fill_the_flash(void **state)
{
	(void)state;
	for (uint32_t left = 0; left < 20; left++) {
		fixture_teardown(NULL);
		fixture_setup(NULL);
		fixture_image(&(struct image){.total_size = FIXTURE_FLASH_BYTES / 8 * 8 - left,
					      .minimum_ram = 64});
		for (uint32_t i = 0; i < left; i++) { /* what would be an entry if it were read */
			static const uint8_t entry[] = {2, 0, 16, 0, 8, 0, 0, 0};

			*fixture_bytes(fixture.image_end + i) = entry[i % sizeof(entry)];
		}
		host_set_granules(1, 4);
		fixture_start();
		assert_int_equal(fixture.load_count, 1 + left / 8);
		assert_int_equal(told(0)->outcome, LOAD_STARTED);
	}
}

/* --- Headers --- */

static void a_wrong_checksum_is_refused(void **state)
{
	(void)state;
	for (uint32_t bit = 0; bit < 32; bit++) {
		struct image image = good;

		image.wrong_checksum = 1u << bit;
		assert_true(is_named(refused(&image, LOAD_BAD_CHECKSUM), ""));
	}
}

static void every_bit_of_the_header_is_summed(void **state)
{
	uint32_t size = image_header_size(&good);

	(void)state;
	for (uint32_t bit = 8 * 8; bit < size * 8; bit++) { /* behind the lengths */
		fixture_teardown(NULL);
		fixture_setup(NULL);
		fixture_bytes(fixture_image(&good))[bit / 8] ^= (uint8_t)(1 << bit % 8);
		fixture_start();
		assert_int_equal(told(0)->outcome, LOAD_BAD_CHECKSUM);
	}
}

static void elements_of_wrong_length_are_refused(void **state)
{
	static const uint16_t lengths[][2] = {{MAIN, 12},   {PROGRAM, 20}, {FIXED, 8},
					      {VERSION, 4}, {SHORT_ID, 4}, {REGIONS, 8}};

	(void)state;
	for (uint32_t i = 0; i < ARRAY_LENGTH(lengths); i++) {
		for (uint16_t length = 0; length < 32; length++) {
			struct image image = good;
			bool is_right = length == lengths[i][1] ||
					(lengths[i][0] == REGIONS && length % 8 == 0);

			image.has_extra = true;
			image.extra_type = lengths[i][0];
			image.extra_length = length;
			image.extra_bytes = (uint16_t)((length + 3) / 4 * 4);
			if (!is_right) {
				assert_true(is_named(refused(&image, LOAD_BAD_TLV), "good"));
			}
		}
	}
}

static void elements_that_reach_out_of_the_header_are_refused(void **state)
{
	/* The length an element claims, and the bytes the header has for it. */
	static const uint16_t cases[][2] = {{1, 0},  {4, 0},      {5, 4},      {8, 4},
					    {12, 8}, {0xffff, 0}, {0xfffc, 4}, {0xfffd, 8},
					    {1, 1},  {2, 2},      {3, 3},      {5, 7}};

	(void)state;
	for (uint32_t i = 0; i < ARRAY_LENGTH(cases); i++) {
		for (uint16_t type = 0; type < 12; type++) {
			struct image image = good;

			image.has_extra = true;
			image.extra_type = type;
			image.extra_length = cases[i][0];
			image.extra_bytes = cases[i][1];
			refused(&image, LOAD_BAD_TLV);
		}
	}
}

/* A header whose last element has no room for its own head. */
static void a_cut_element_head_is_refused(void **state)
{
	(void)state;
	for (uint32_t extra = 1; extra < 4; extra++) {
		fixture_teardown(NULL);
		fixture_setup(NULL);

		uint8_t *bytes = fixture_bytes(fixture_image(&good));
		uint32_t size = image_u16(bytes + 2) + extra;

		image_put_u16(bytes + 2, size);
		image_seal(bytes, size);
		fixture_start();
		assert_int_equal(told(0)->outcome, LOAD_BAD_TLV);
	}
}

static void unknown_elements_are_skipped(void **state)
{
	static const uint16_t types[] = {0, 4, 11, 12, 128, 0xffff};

	(void)state;
	for (uint32_t i = 0; i < ARRAY_LENGTH(types); i++) {
		for (uint16_t length = 0; length < 9; length++) {
			struct image image = good;

			image.has_extra = true;
			image.extra_type = types[i];
			image.extra_length = length;
			image.extra_bytes = (uint16_t)((length + 3) / 4 * 4);
			accepted(&image);
		}
	}
}

static void a_program_element_outranks_main(void **state)
{
	(void)state;
	accepted(&(struct image){
	    .minimum_ram = 0x400, .protected_size = 32, .init_offset = 40, .main_too = true});

	uint32_t header = image_header_size(&(struct image){.main_too = true});

	assert_int_equal(process_entry(RUNNING), FIXTURE_FLASH + header + 40);
	assert_int_equal(RUNNING->flash_app, FIXTURE_FLASH + header + 32);
	accepted(&(struct image){.minimum_ram = 0x400, .main_only = true, .protected_size = 16});
	header = image_header_size(&(struct image){.main_only = true});
	assert_int_equal(process_entry(RUNNING), FIXTURE_FLASH + header + 16);
	/* Behind it, too. */
	struct image image = {.minimum_ram = 0x400,
			      .init_offset = 8,
			      .has_extra = true,
			      .extra_type = MAIN,
			      .extra_length = 12,
			      .extra_bytes = 12};

	accepted(&image);
	assert_int_equal(process_entry(RUNNING), FIXTURE_FLASH + image_header_size(&image) + 8);
}

static void a_header_without_a_program_is_refused(void **state)
{
	(void)state;
	assert_true(
	    is_named(refused(&(struct image){.name = "empty", .no_program = true}, LOAD_NO_PROGRAM),
		     "empty"));
}

static void the_program_must_lie_in_the_image(void **state)
{
	(void)state;

	uint32_t space = SIZE - image_header_size(&good);
	struct image image = good;

	image.init_offset = space - 1;
	accepted(&image);
	image.protected_size = space - 1;
	accepted(&image);
	image.init_offset = space - 2; /* in the protected part */
	refused(&image, LOAD_BAD_ENTRY);
	image.protected_size = space;
	image.init_offset = space;
	refused(&image, LOAD_BAD_ENTRY);
	image.protected_size = 0;
	refused(&image, LOAD_BAD_ENTRY);
	image.init_offset = 0xffffffff;
	refused(&image, LOAD_BAD_ENTRY);
	image.protected_size = 0xffffffff;
	refused(&image, LOAD_BAD_ENTRY);
	image.protected_size = 0xffffffff - SIZE;
	image.init_offset = 4;
	refused(&image, LOAD_BAD_ENTRY);
}

static void the_binary_must_end_in_the_image(void **state)
{
	(void)state;

	struct image image = good;

	image.binary_end = SIZE;
	accepted(&image);
	image.binary_end = SIZE + 1;
	refused(&image, LOAD_BAD_TLV);
	image.binary_end = 0xffffffff;
	refused(&image, LOAD_BAD_TLV);
}

static void the_kernel_version_must_fit(void **state)
{
	static const uint32_t right[] = {0x20000, 0x20001, 0x20002, 0x20003};
	static const uint32_t wrong[] = {0x20004, 0x2ffff, 0x10000, 0x30000, 0x10003, 0xffff0000};
	struct image image = good;

	(void)state;
	for (uint32_t i = 0; i < ARRAY_LENGTH(right); i++) {
		image.kernel_version = right[i];
		accepted(&image);
	}
	for (uint32_t i = 0; i < ARRAY_LENGTH(wrong); i++) {
		image.kernel_version = wrong[i];

		const struct load_result *result = refused(&image, LOAD_WRONG_KERNEL_VERSION);

		assert_int_equal(result->detail, wrong[i]);
		assert_int_equal(result->detail_found, 0x20003);
	}
	image.no_kernel_version = true;
	refused(&image, LOAD_NO_KERNEL_VERSION);
}

/* --- Flash --- */

static void a_fixed_flash_address_must_be_the_right_one(void **state)
{
	(void)state;

	struct image image = good;

	image.protected_size = 64;
	image.fixed_flash = 1; /* for the size */

	uint32_t start = FIXTURE_FLASH + SIZE;
	uint32_t app = start + image_header_size(&image) + 64;
	const uint32_t wrong[] = {start, app - 64, app + 1, app - 4, 1, 0xfffffffe};

	for (uint32_t i = 0; i < ARRAY_LENGTH(wrong); i++) {
		image.fixed_flash = wrong[i];

		const struct load_result *result = refused(&image, LOAD_WRONG_FLASH_ADDRESS);

		assert_int_equal(result->detail, wrong[i]);
		assert_int_equal(result->detail_found, app);
	}
	image.fixed_flash = app - SIZE;
	accepted(&image);
	image.fixed_ram = 1;
	image.fixed_flash = app - SIZE;
	image.fixed_ram = IMAGE_NOT_FIXED;
	accepted(&image);
}

static void flash_that_cannot_be_protected_is_refused(void **state)
{
	(void)state;
	host_set_granules(0x1000, 4);
	fixture_image(&good);
	fixture_image(&(struct image){.total_size = 0x800});
	fixture_image(&(struct image){.total_size = 0x1000});
	fixture_image(&(struct image){.total_size = 0x800});
	fixture_image(&good);
	fixture_start();
	assert_int_equal(told(0)->outcome, LOAD_STARTED);
	assert_int_equal(told(1)->outcome, LOAD_FLASH_UNPROTECTABLE);
	assert_int_equal(told(1)->detail, 0x800);
	assert_int_equal(told(2)->outcome, LOAD_FLASH_UNPROTECTABLE);
	assert_int_equal(told(3)->outcome, LOAD_FLASH_UNPROTECTABLE);
	assert_int_equal(told(4)->outcome, LOAD_STARTED);
	assert_int_equal(RUNNING->flash_start, FIXTURE_FLASH);
}

/* --- RAM --- */

static void blocks_follow_each_other_with_little_waste(void **state)
{
	static const uint32_t wanted[] = {0x401, 0, 0x7f, 0x1000};

	(void)state;
	host_set_granules(4, 32);
	for (uint32_t i = 0; i < ARRAY_LENGTH(wanted); i++) {
		fixture_image(&(struct image){.minimum_ram = wanted[i]});
	}
	fixture_start();

	uint32_t free = FIXTURE_RAM;

	for (uint32_t i = 0; i < ARRAY_LENGTH(wanted); i++) {
		const struct process *process = fixture_process(i);
		uint32_t usable = process->kernel_break - process->ram_start;
		uint32_t least =
		    wanted[i] > CONTEXT_START_BYTES ? wanted[i] : CONTEXT_START_BYTES + 1;

		assert_true(process->ram_start >= free && process->ram_start < free + 32);
		assert_true(usable >= least && usable < least + 32 + 8);
		assert_int_equal(process->ram_end, (uint32_t)(uintptr_t)process + process_size());
		free = process->ram_end;
	}
}

/* The RAM that is left after an application that wants `minimum_ram`. */
static void start_with_ram(uint32_t bytes, uint32_t minimum_ram)
{
	fixture_teardown(NULL);
	fixture_setup(NULL);
	fixture.board.ram_end = FIXTURE_RAM + bytes;
	fixture_image(&(struct image){.minimum_ram = minimum_ram});
	fixture_start();
	assert_int_equal(fixture.load_count, 1);
}

static void an_application_needs_the_ram_it_asks_for(void **state)
{
	uint32_t least = 0;

	(void)state;
	while (least < 0x1000) { /* the smallest board on which 0x200 bytes can be had */
		start_with_ram(least, 0x200);
		if (told(0)->outcome == LOAD_STARTED) {
			break;
		}
		assert_int_equal(told(0)->outcome, LOAD_NO_RAM);
		assert_int_equal(told(0)->detail, 0x200);
		assert_int_equal(told(0)->detail_found, least);
		least++;
	}
	assert_true(least >= 0x200 + process_size());
	assert_true(least < 0x200 + process_size() + 16);
	start_with_ram(least, 0x208);
	assert_int_equal(told(0)->outcome, LOAD_NO_RAM);
}

static void absurd_amounts_of_ram_are_refused(void **state)
{
	static const uint32_t wanted[] = {FIXTURE_RAM_BYTES, FIXTURE_RAM_BYTES + 1,
					  0x7fffffff,        0x80000000,
					  0xdfffffff,        0xe0000000,
					  0xf0000000,        0xfffffffc,
					  0xffffffff};

	(void)state;
	for (uint32_t i = 0; i < ARRAY_LENGTH(wanted); i++) {
		refused(&(struct image){.minimum_ram = wanted[i]}, LOAD_NO_RAM);
	}
}

static void what_is_too_large_leaves_room_for_the_next(void **state)
{
	(void)state;
	fixture_image(&(struct image){.minimum_ram = 0xc000});
	fixture_image(&(struct image){.minimum_ram = 0x4000});
	fixture_image(&(struct image){.minimum_ram = 0x1000});
	fixture_start();
	assert_int_equal(told(0)->outcome, LOAD_STARTED);
	assert_int_equal(told(1)->outcome, LOAD_NO_RAM);
	assert_int_equal(told(2)->outcome, LOAD_STARTED);
}

static void fixed_ram_is_given_or_refused(void **state)
{
	(void)state;

	struct image image = good;
	const uint32_t wrong[] = {
	    1,          FIXTURE_RAM,     FIXTURE_RAM + 0x400, FIXTURE_RAM + FIXTURE_RAM_BYTES,
	    0xfffffff0, FIXTURE_RAM - 4, FIXTURE_RAM + 0x2001};

	for (uint32_t i = 0; i < ARRAY_LENGTH(wrong); i++) {
		image.fixed_ram = wrong[i];
		assert_int_equal(refused(&image, LOAD_WRONG_RAM_ADDRESS)->detail, wrong[i]);
	}
	fixture_teardown(NULL);
	fixture_setup(NULL);
	image.fixed_ram = FIXTURE_RAM + 0x2000;
	fixture_image(&image);
	fixture_image(&good);
	image.fixed_ram = FIXTURE_RAM + 0x1000; /* skipped by now */
	fixture_image(&image);
	image.fixed_ram = FIXTURE_RAM + FIXTURE_RAM_BYTES - 0x100;
	fixture_image(&image);
	fixture_start();
	assert_int_equal(fixture_process(0)->ram_start, FIXTURE_RAM + 0x2000);
	assert_true(fixture_process(1)->ram_start > FIXTURE_RAM + 0x2000);
	assert_int_equal(told(2)->outcome, LOAD_WRONG_RAM_ADDRESS);
	assert_int_equal(told(3)->outcome, LOAD_NO_RAM);
	assert_int_equal(told(3)->detail_found, 0x100);
}

/* --- Slots --- */

static void a_full_table_ends_the_list(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < FIXTURE_SLOTS; i++) {
		fixture_image(&good);
	}
	fixture_image(&(struct image){.disabled = true}); /* needs none */
	fixture_image(&(struct image){.name = "late"});
	fixture_image(&good);
	fixture_start();
	assert_int_equal(fixture.load_count, FIXTURE_SLOTS + 2);
	assert_int_equal(told(FIXTURE_SLOTS)->outcome, LOAD_DISABLED);
	assert_int_equal(told(FIXTURE_SLOTS + 1)->outcome, LOAD_NO_SLOT);
	assert_true(is_named(told(FIXTURE_SLOTS + 1), "late"));
}

static void a_board_without_slots_starts_nothing(void **state)
{
	(void)state;
	fixture.board.process_slots = 0;
	fixture_image(&good);
	fixture_start();
	assert_int_equal(told(0)->outcome, LOAD_NO_SLOT);
	assert_null(fixture.processes[0]);
}

static void names_are_told_as_they_are(void **state)
{
	char name[201];

	(void)state;
	for (uint32_t length = 0; length < sizeof(name); length++) {
		memset(name, 'n', length);
		name[length] = 0;
		accepted(&(struct image){.name = name, .minimum_ram = 64});
		assert_true(is_named(told(0), name));
		assert_int_equal(read_span_length(fixture_describe(0).name), length);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    FIXTURE_TEST(erased_flash_holds_nothing),
	    FIXTURE_TEST(good_applications_start_in_order),
	    FIXTURE_TEST(another_version_ends_the_list),
	    FIXTURE_TEST(padding_and_disabled_are_skipped),
	    FIXTURE_TEST(impossible_header_sizes_are_skipped),
	    FIXTURE_TEST(a_total_size_of_0_ends_the_list),
	    FIXTURE_TEST(an_entry_beyond_the_flash_ends_the_list),
	    FIXTURE_TEST(the_list_may_fill_the_flash),
	    FIXTURE_TEST(a_wrong_checksum_is_refused),
	    FIXTURE_TEST(every_bit_of_the_header_is_summed),
	    FIXTURE_TEST(elements_of_wrong_length_are_refused),
	    FIXTURE_TEST(elements_that_reach_out_of_the_header_are_refused),
	    FIXTURE_TEST(a_cut_element_head_is_refused),
	    FIXTURE_TEST(unknown_elements_are_skipped),
	    FIXTURE_TEST(a_program_element_outranks_main),
	    FIXTURE_TEST(a_header_without_a_program_is_refused),
	    FIXTURE_TEST(the_program_must_lie_in_the_image),
	    FIXTURE_TEST(the_binary_must_end_in_the_image),
	    FIXTURE_TEST(the_kernel_version_must_fit),
	    FIXTURE_TEST(a_fixed_flash_address_must_be_the_right_one),
	    FIXTURE_TEST(flash_that_cannot_be_protected_is_refused),
	    FIXTURE_TEST(blocks_follow_each_other_with_little_waste),
	    FIXTURE_TEST(an_application_needs_the_ram_it_asks_for),
	    FIXTURE_TEST(absurd_amounts_of_ram_are_refused),
	    FIXTURE_TEST(what_is_too_large_leaves_room_for_the_next),
	    FIXTURE_TEST(fixed_ram_is_given_or_refused),
	    FIXTURE_TEST(a_full_table_ends_the_list),
	    FIXTURE_TEST(a_board_without_slots_starts_nothing),
	    FIXTURE_TEST(names_are_told_as_they_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
