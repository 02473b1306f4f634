/* System-call driver 0x8: texts to the letter, and what happens when there are too many. */

#include "fake_kernel.h"
#include <capsules/low_level_debug.h>
#include <string.h>

enum {
	EXISTS = 0,
	ALERT = 1,
	PRINT_1 = 2,
	PRINT_2 = 3
};

static struct fake_uart port;
static struct low_level_debug debug;
static uint8_t line_bytes[LOW_LEVEL_DEBUG_LINE];
static struct process_id ids[FAKE_PROCESSES];

static int start(void **state)
{
	struct buffer line = BUFFER_OVER(line_bytes);

	(void)state;
	fake_kernel_reset();
	fake_uart_init(&port);
	memset(&debug, 0, sizeof(debug));
	low_level_debug_init(&debug, &port.uart, &line);
	for (uint32_t i = 0; i < FAKE_PROCESSES; i++) {
		ids[i] = fake_process_start(i);
	}
	return 0;
}

static struct fake_answer command(uint32_t slot, uint32_t number, uint32_t v, uint32_t w)
{
	return fake_command(&debug.driver, ids[slot], number, v, w);
}

static void says_it_to_the_letter(void **state)
{
	(void)state;
	EXPECT_SUCCESS(command(0, EXISTS, 1, 2));
	EXPECT_SUCCESS(command(0, ALERT, 2, 9));
	EXPECT_SUCCESS(command(1, PRINT_1, 0xabcd, 9));
	EXPECT_SUCCESS(command(2, PRINT_2, 0, 0xffffffff));
	fake_uart_drain(&port);
	fake_uart_expect(&port, "LowLevelDebug: App 0x1 alert code 0x2\n"
				"LowLevelDebug: App 0x2 prints 0xabcd\n"
				"LowLevelDebug: App 0x3 prints 0x0 0xffffffff\n");
}

static void refuses_unknown_commands(void **state)
{
	(void)state;
	EXPECT_FAILURE(command(0, 4, 0, 0), ERROR_NOSUPPORT);
	EXPECT_FAILURE(command(0, UINT32_MAX, 0, 0), ERROR_NOSUPPORT);
	assert_false(port.is_transmitting);
}

static void first_message_goes_out_at_once(void **state)
{
	(void)state;
	command(0, ALERT, 1, 0);
	assert_true(port.is_transmitting);
	assert_false(port.transmit_more);
}

static void longest_lines_fit(void **state)
{
	(void)state;
	ids[0] = fake_processes[0].id = (struct process_id){0xffffff00};
	for (uint32_t i = 0; i < 7; i++) {
		EXPECT_SUCCESS(command(0, PRINT_2, 0x89abcdef, 0xfedcba98));
	}
	fake_uart_drain(&port);
	fake_uart_expect(&port, "LowLevelDebug: App 0xffffff prints 0x89abcdef 0xfedcba98\n"
				"LowLevelDebug: App 0xffffff prints 0x89abcdef 0xfedcba98\n"
				"LowLevelDebug: App 0xffffff prints 0x89abcdef 0xfedcba98\n"
				"LowLevelDebug: App 0xffffff prints 0x89abcdef 0xfedcba98\n"
				"LowLevelDebug: App 0xffffff prints 0x89abcdef 0xfedcba98\n"
				"LowLevelDebug: Dropped 0x2 entries for app 0xffffff\n");
}

static void too_many_are_counted_where_they_are_missing(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < 20; i++) {
		EXPECT_SUCCESS(command(0, PRINT_1, i, 0)); /* 0 goes out, 1 to 4 wait */
	}
	fake_uart_finish(&port);
	EXPECT_SUCCESS(command(0, PRINT_1, 0x50, 0)); /* there is room, but it must not overtake */
	fake_uart_drain(&port);
	EXPECT_SUCCESS(command(0, PRINT_1, 0x51, 0));
	fake_uart_drain(&port);
	fake_uart_expect(&port, "LowLevelDebug: App 0x1 prints 0x0\n"
				"LowLevelDebug: App 0x1 prints 0x1\n"
				"LowLevelDebug: App 0x1 prints 0x2\n"
				"LowLevelDebug: App 0x1 prints 0x3\n"
				"LowLevelDebug: App 0x1 prints 0x4\n"
				"LowLevelDebug: Dropped 0x10 entries for app 0x1\n"
				"LowLevelDebug: App 0x1 prints 0x51\n");
}

static void processes_take_turns(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < 3; i++) {
		command(0, PRINT_1, i, 0);
		command(2, PRINT_1, i, 0);
		command(3, PRINT_1, i, 0);
	}
	fake_uart_drain(&port);
	fake_uart_expect(&port, "LowLevelDebug: App 0x1 prints 0x0\n"
				"LowLevelDebug: App 0x3 prints 0x0\n"
				"LowLevelDebug: App 0x4 prints 0x0\n"
				"LowLevelDebug: App 0x1 prints 0x1\n"
				"LowLevelDebug: App 0x3 prints 0x1\n"
				"LowLevelDebug: App 0x4 prints 0x1\n"
				"LowLevelDebug: App 0x1 prints 0x2\n"
				"LowLevelDebug: App 0x3 prints 0x2\n"
				"LowLevelDebug: App 0x4 prints 0x2\n");
}

static void process_that_ends_takes_its_messages_along(void **state)
{
	(void)state;
	command(1, PRINT_1, 1, 0);
	command(1, PRINT_1, 2, 0);
	command(0, PRINT_1, 3, 0);
	fake_process_end(1);
	fake_uart_drain(&port);
	fake_uart_expect(&port, "LowLevelDebug: App 0x2 prints 0x1\n"
				"LowLevelDebug: App 0x1 prints 0x3\n");
}

static void process_without_memory_is_noted(void **state)
{
	(void)state;
	fake_processes[1].has_no_memory = true;
	EXPECT_SUCCESS(command(1, ALERT, 1, 0));
	command(0, ALERT, 7, 0);
	EXPECT_SUCCESS(command(1, ALERT, 2, 0));
	EXPECT_SUCCESS(command(1, ALERT, 3, 0));
	fake_uart_drain(&port);
	fake_uart_expect(&port, "LowLevelDebug: grant init failed\n"
				"LowLevelDebug: grant init failed\n"
				"LowLevelDebug: App 0x1 alert code 0x7\n");
}

static void refusing_port_costs_one_line(void **state)
{
	(void)state;
	port.refuse_transmit = ERROR_OFF;
	EXPECT_SUCCESS(command(0, ALERT, 1, 0));
	port.refuse_transmit = ERROR_NONE;
	EXPECT_SUCCESS(command(0, ALERT, 2, 0));
	fake_uart_drain(&port);
	fake_uart_expect(&port, "LowLevelDebug: App 0x1 alert code 0x2\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(says_it_to_the_letter, start),
	    cmocka_unit_test_setup(refuses_unknown_commands, start),
	    cmocka_unit_test_setup(first_message_goes_out_at_once, start),
	    cmocka_unit_test_setup(longest_lines_fit, start),
	    cmocka_unit_test_setup(too_many_are_counted_where_they_are_missing, start),
	    cmocka_unit_test_setup(processes_take_turns, start),
	    cmocka_unit_test_setup(process_that_ends_takes_its_messages_along, start),
	    cmocka_unit_test_setup(process_without_memory_is_noted, start),
	    cmocka_unit_test_setup(refusing_port_costs_one_line, start),
	};

	return cmocka_run_group_tests_name("low_level_debug", tests, NULL, NULL);
}
