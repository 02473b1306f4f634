/* The overview of a process. */

#include "fake_kernel.h"
#include <capsules/memory_map.h>
#include <capsules/process_overview.h>
#include <stdio.h>
#include <string.h>

static struct process_description process;
static struct text line;
static uint8_t line_bytes[PROCESS_OVERVIEW_LINE + 1];

static int start(void **state)
{
	(void)state;
	memset(&process, 0, sizeof(process));
	process.name = SPAN_OF_TEXT("blink");
	process.last_system_call = PROCESS_NO_SYSTEM_CALL;
	process.ram_start = 0x20000000;
	process.app_break = 0x20000400;
	process.kernel_break = 0x20000800;
	process.ram_end = 0x20001000;
	process.flash_start = 0x10000;
	process.flash_app = 0x10080;
	process.flash_end = 0x11000;
	return 0;
}

static void begin(void)
{
	struct buffer buffer = BUFFER_OVER(line_bytes);

	memset(line_bytes, 0, sizeof(line_bytes));
	text_restart(&line, &buffer);
}

static void expect(const char *expected)
{
	assert_string_equal((const char *)line_bytes, expected);
}

static void expect_row(uint32_t row, const char *expected)
{
	begin();
	assert_true(process_overview_add_row(&line, &process, row));
	assert_true(line.length <= 80);
	expect(expected);
}

static void rows_are_worded_as_tools_know_them(void **state)
{
	(void)state;
	process.upcalls_queued = 1;
	process.system_calls = 234;
	process.upcalls_dropped = 5;
	process.restarts = 6;
	expect_row(0, "App: blink   -   [Running]");
	expect_row(1, " Events Queued: 1   Syscall Count: 234   Dropped Upcall Count: 5");
	expect_row(2, " Restart Count: 6");
	expect_row(3, " Last Syscall: None");
	expect_row(4, " Completion Code: None");
	expect_row(5, "  memory map, a line of RAM is 256 bytes, of flash 1024");
}

static void rows_end_with_the_map(void **state)
{
	uint32_t rows = 0;

	(void)state;
	for (begin(); process_overview_add_row(&line, &process, rows); begin()) {
		rows++;
	}
	expect("");
	for (uint32_t row = 5; row < rows; row++) {
		char expected[128];

		begin();
		assert_true(memory_map_add_row(&line, &process, row - 5));
		strcpy(expected, (const char *)line_bytes);
		expect_row(row, expected);
	}
	begin();
	assert_false(memory_map_add_row(&line, &process, rows - 5));
}

static void states(void **state)
{
	static const char *const words[] = {
	    "Running", "Yielded",    "YieldedFor(UpcallId { driver_num: 65536, subscribe_num: 7 })",
	    "Faulted", "Terminated", ""};
	char stopped[96];

	(void)state;
	process.waits_driver = 0x10000;
	process.waits_number = 7;
	for (uint32_t i = 0; i < ARRAY_LENGTH(words); i++) {
		process.state = i;
		process.is_stopped = false;
		begin();
		process_overview_add_state(&line, &process);
		expect(words[i]);
		process.is_stopped = true;
		begin();
		process_overview_add_state(&line, &process);
		snprintf(stopped, sizeof(stopped), "Stopped(%s)", words[i]);
		expect(stopped);
	}
}

static void system_calls(void **state)
{
	static const char *const words[] = {
	    "Yield",         "Subscribe", "Command", "ReadWriteAllow",
	    "ReadOnlyAllow", "Memop",     "Exit",    "UserspaceReadableAllow",
	    "None"};

	(void)state;
	for (uint32_t i = 0; i < ARRAY_LENGTH(words); i++) {
		char expected[64];

		process.last_system_call = i;
		snprintf(expected, sizeof(expected), " Last Syscall: %s", words[i]);
		expect_row(3, expected);
	}
}

static void completion(void **state)
{
	(void)state;
	process.completion_code = 77;
	expect_row(4, " Completion Code: None");
	process.state = PROCESS_TERMINATED;
	expect_row(4, " Completion Code: 77");
	process.state = PROCESS_FAULTED;
	expect_row(4, " Completion Code: Faulted");
}

static void hostile_names_are_made_harmless(void **state)
{
	(void)state;
	process.name = SPAN_OF_TEXT("\x1b[2J\r\n0123456789012345678901234567890123456789");
	expect_row(0, "App: ?[2J??01234567890123456789012345   -   [Running]");
}

static void the_longest_line(void **state)
{
	(void)state;
	process.name = SPAN_OF_TEXT("01234567890123456789012345678901and more");
	process.state = PROCESS_YIELDED_FOR;
	process.is_stopped = true;
	process.waits_driver = UINT32_MAX;
	process.waits_number = UINT32_MAX;
	begin();
	assert_true(process_overview_add_row(&line, &process, 0));
	expect("App: 01234567890123456789012345678901   -   [Stopped(YieldedFor(UpcallId { "
	       "driver_num: "
	       "4294967295, subscribe_num: 4294967295 }))]");
	assert_true(line.length + 2 <= PROCESS_OVERVIEW_LINE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(rows_are_worded_as_tools_know_them, start),
	    cmocka_unit_test_setup(rows_end_with_the_map, start),
	    cmocka_unit_test_setup(states, start),
	    cmocka_unit_test_setup(system_calls, start),
	    cmocka_unit_test_setup(completion, start),
	    cmocka_unit_test_setup(hostile_names_are_made_harmless, start),
	    cmocka_unit_test_setup(the_longest_line, start),
	};

	return cmocka_run_group_tests_name("process_overview", tests, NULL, NULL);
}
