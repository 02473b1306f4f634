/* The picture of a process's memory. */

#include "fake_kernel.h"
#include <capsules/memory_map.h>
#include <string.h>

enum {
	ROWS_MAX = 64
};

static char rows[ROWS_MAX][128];
static uint32_t row_count;
static struct process_description process;

static void draw(void)
{
	struct text line;

	row_count = 0;
	while (row_count < ROWS_MAX) {
		struct buffer buffer = {(uint8_t *)rows[row_count], sizeof(rows[0])};

		text_restart(&line, &buffer);
		if (!memory_map_add_row(&line, &process, row_count)) {
			break;
		}
		assert_true(line.length <= 80);
		text_add_char(&line, '\0');
		row_count++;
	}
	assert_true(row_count < ROWS_MAX);
}

static void expect_rows(const char *const *expected)
{
	uint32_t count = 0;

	draw();
	for (; expected[count] != NULL; count++) {
		assert_true(count < row_count);
		assert_string_equal(rows[count], expected[count]);
	}
	assert_int_equal(row_count, count);
}

static int start(void **state)
{
	(void)state;
	process = (struct process_description){
	    .flash_start = 0x10000,
	    .flash_app = 0x10080,
	    .flash_end = 0x14000,
	    .ram_start = 0x20002000,
	    .app_break = 0x20002800,
	    .kernel_break = 0x20003c00,
	    .ram_end = 0x20004000,
	    .stack_pointer = 0x20002110,
	};
	return 0;
}

#define BORDER "+-----------------------------------+"
#define EMPTY  "           |                                   |"

static void draws_to_scale(void **state)
{
	static const char *const expected[] = {
	    "  memory map, a line of RAM is 512 bytes, of flash 4096",
	    "  20004000 " BORDER,
	    "           | grants and control data 1024      |",
	    EMPTY,
	    "  20003c00 " BORDER,
	    "           | unused                  5120      |",
	    EMPTY,
	    EMPTY,
	    EMPTY,
	    EMPTY,
	    EMPTY,
	    EMPTY,
	    EMPTY,
	    EMPTY,
	    EMPTY,
	    "  20002800 " BORDER,
	    "           | heap, data, stack       2048      |",
	    EMPTY,
	    EMPTY,
	    "           |                                   | <- sp",
	    "  20002000 " BORDER,
	    "",
	    "  00014000 " BORDER,
	    "           | program                 16256     |",
	    EMPTY,
	    EMPTY,
	    "  00010080 " BORDER,
	    "           | header and protected    128       |",
	    "  00010000 " BORDER,
	    NULL,
	};

	(void)state;
	expect_rows(expected);
}

static void draws_stack_data_and_heap_when_told(void **state)
{
	(void)state;
	process.stack_top = 0x20002400;
	process.heap_start = 0x20002700;
	draw();
	assert_string_equal(rows[14], "  20002800 " BORDER);
	assert_string_equal(rows[15], "           | heap                    256       |");
	assert_string_equal(rows[16], "  20002700 " BORDER);
	assert_string_equal(rows[17], "           | data                    768       |");
	assert_string_equal(rows[19], "  20002400 " BORDER);
	assert_string_equal(rows[20], "           | stack                   1024      |");
}

static void lies_about_the_stack_are_ignored(void **state)
{
	static const uint32_t lies[][2] = {
	    {0x20002000, 0x20002700}, {0x20002900, 0x20002700}, {0x20002400, 0x20002300},
	    {0x20002400, 0x20002801}, {0x20002400, 0},          {0, 0x20002400},
	    {UINT32_MAX, UINT32_MAX},
	};

	(void)state;
	for (uint32_t i = 0; i < ARRAY_LENGTH(lies); i++) {
		process.stack_top = lies[i][0];
		process.heap_start = lies[i][1];
		draw();
		assert_string_equal(rows[16], "           | heap, data, stack       2048      |");
	}
}

/* Rows of the box with this label: lines that begin with '|' up to the next border. */
static uint32_t height(const char *label)
{
	uint32_t first = 0;

	while (strstr(rows[first], label) == NULL) {
		first++;
		assert_true(first < row_count);
	}

	uint32_t end = first;

	while (rows[end][11] == '|') {
		end++;
	}
	return end - first;
}

static void every_part_has_a_row_and_the_sum_stays(void **state)
{
	(void)state;
	process.app_break = 0x20002004;
	process.kernel_break = 0x20003ffc;
	draw();
	assert_int_equal(height("heap, data, stack"), 1);
	assert_int_equal(height("unused"), 14);
	assert_int_equal(height("grants"), 1);
}

static void empty_parts_are_left_out(void **state)
{
	(void)state;
	process.app_break = process.ram_start;
	process.kernel_break = process.ram_end;
	draw();
	assert_int_equal(height("unused"), 16);
	assert_int_equal(row_count, 1 + 18 + 1 + 7);
	process.ram_end = process.ram_start;
	process.kernel_break = process.ram_start;
	draw();
	assert_int_equal(row_count, 1 + 0 + 1 + 7);
}

static void borders_go_to_the_nearest_row(void **state)
{
	(void)state;
	process.app_break = 0x20002700;
	draw();
	assert_int_equal(height("heap, data, stack"), 4); /* 3.5 rows */
	process.app_break = 0x200026ff;
	draw();
	assert_int_equal(height("heap, data, stack"), 3);
}

static void tiny_memory_has_a_row_for_each_byte(void **state)
{
	(void)state;
	process.app_break = process.ram_start + 1;
	process.kernel_break = process.ram_start + 3;
	process.ram_end = process.ram_start + 4;
	draw();
	assert_int_equal(height("heap, data, stack"), 1);
	assert_int_equal(height("unused"), 2);
	assert_int_equal(height("grants"), 1);
}

/* Heights are right to within one row; large and odd sizes. */
static void heights_are_proportional(void **state)
{
	uint64_t random = 0x5ca1e;

	(void)state;
	for (uint32_t i = 0; i < 2000; i++) {
		uint32_t size = fake_random(&random) >> (4 + fake_random(&random) % 20);

		if (size < 64) {
			continue;
		}
		process.ram_start = 0x40000000;
		process.ram_end = process.ram_start + size;
		process.app_break = process.ram_start + 1 + fake_random(&random) % (size / 2);
		process.kernel_break =
		    process.app_break + 1 + fake_random(&random) % (size / 2 - 1);
		draw();

		double per_row = size / 16.0;
		uint32_t unused = height("unused");
		uint32_t own = height("heap, data, stack");
		uint32_t grants = height("grants");

		assert_int_equal(unused + own + grants, 16);
		assert_true(unused >= 1 && own >= 1 && grants >= 1);
		assert_true(unused < (process.kernel_break - process.app_break) / per_row + 2);
		assert_true(own < (process.app_break - process.ram_start) / per_row + 2);
		assert_true(grants < (process.ram_end - process.kernel_break) / per_row + 2);
	}
}

static uint32_t row_with(const char *mark)
{
	uint32_t found = 0;

	draw();
	for (uint32_t i = 0; i < row_count; i++) {
		if (strstr(rows[i], mark) != NULL) {
			assert_int_equal(found, 0);
			found = i;
		}
	}
	return found;
}

static void marks_stand_where_the_addresses_are(void **state)
{
	static const struct {
		uint32_t address;
		uint32_t row;
	} cases[] = {
	    {0x20004000, 0},  {0x20003fff, 2},  {0x20003e00, 2},  {0x20003dff, 3},
	    {0x20003c00, 3},  {0x20003bff, 5},  {0x20002800, 14}, {0x200027ff, 16},
	    {0x20002000, 19}, {0x20001fff, 21}, {0x20001000, 21}, {0x20000fff, 0},
	    {0x00013fff, 23}, {0x00010080, 25}, {0x0001007f, 27}, {0x00010000, 27},
	    {0x0000ffff, 0},  {0, 0},           {UINT32_MAX, 0},
	};

	(void)state;
	process.fault.address_valid = true;
	process.stack_pointer = 0;
	for (uint32_t i = 0; i < ARRAY_LENGTH(cases); i++) {
		process.fault.address = cases[i].address;
		assert_int_equal(row_with("<- fault"), cases[i].row);
		assert_int_equal(row_with("<- sp"), 0);
	}
	process.fault.address_valid = false;
	for (uint32_t i = 0; i < ARRAY_LENGTH(cases); i++) {
		process.stack_pointer = cases[i].address;
		process.fault.address = cases[i].address;
		assert_int_equal(row_with("<- sp"), cases[i].row);
		assert_int_equal(row_with("<- fault"), 0);
	}
}

static void both_marks_share_a_line(void **state)
{
	(void)state;
	process.fault = (struct fault){.address_valid = true, .address = 0x20001ff8};
	process.stack_pointer = 0x20001ff8;
	draw();
	assert_string_equal(rows[21],
			    "                                                 <- sp <- fault");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(draws_to_scale, start),
	    cmocka_unit_test_setup(draws_stack_data_and_heap_when_told, start),
	    cmocka_unit_test_setup(lies_about_the_stack_are_ignored, start),
	    cmocka_unit_test_setup(every_part_has_a_row_and_the_sum_stays, start),
	    cmocka_unit_test_setup(empty_parts_are_left_out, start),
	    cmocka_unit_test_setup(borders_go_to_the_nearest_row, start),
	    cmocka_unit_test_setup(tiny_memory_has_a_row_for_each_byte, start),
	    cmocka_unit_test_setup(heights_are_proportional, start),
	    cmocka_unit_test_setup(marks_stand_where_the_addresses_are, start),
	    cmocka_unit_test_setup(both_marks_share_a_line, start),
	};

	return cmocka_run_group_tests_name("memory_map", tests, NULL, NULL);
}
