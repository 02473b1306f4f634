/* System-call driver 0x1: clauses W1 to W4 and R1 to R4. */

#include "fake_kernel.h"
#include <capsules/console.h>
#include <capsules/virtual_uart.h>
#include <stdio.h>
#include <string.h>

enum {
	EXISTS = 0,
	WRITE = 1,
	READ = 2,
	ABORT = 3,
	WRITTEN = 1,     /* upcall */
	READ_DONE = 2,   /* upcall */
	PIECE = 8,       /* bytes of the write buffer */
	READ_LIMIT = 10, /* bytes of the read buffer */
};

static struct fake_uart port;
static struct fake_log debug_log;
static struct console console;
static uint8_t write_bytes[PIECE];
static uint8_t read_bytes[READ_LIMIT];
static struct process_id ids[FAKE_PROCESSES];
static char input[FAKE_PROCESSES][64];

static void start_over(struct uart *uart)
{
	struct buffer write_buffer = BUFFER_OVER(write_bytes);
	struct buffer read_buffer = BUFFER_OVER(read_bytes);

	memset(&console, 0, sizeof(console));
	fake_log_init(&debug_log);
	console_init(&console, uart, &write_buffer, &read_buffer, &debug_log.debug_log);
	assert_true(buffer_is_empty(&write_buffer) && buffer_is_empty(&read_buffer));
}

static int start(void **state)
{
	(void)state;
	fake_kernel_reset();
	fake_uart_init(&port);
	start_over(&port.uart);
	memset(input, 0, sizeof(input));
	for (uint32_t i = 0; i < FAKE_PROCESSES; i++) {
		ids[i] = fake_process_start(i);
		fake_share_read_write(i, 1, input[i], sizeof(input[i]) - 1);
	}
	return 0;
}

static struct fake_answer command(uint32_t slot, uint32_t number, uint32_t argument)
{
	return fake_command(&console.driver, ids[slot], number, argument, 0);
}

static void write_text(uint32_t slot, const char *text)
{
	fake_share_read_only(slot, 1, text, (uint32_t)strlen(text));
	EXPECT_SUCCESS(command(slot, WRITE, (uint32_t)strlen(text)));
}

static void restart(uint32_t slot)
{
	fake_process_end(slot);
	ids[slot] = fake_process_start(slot);
	fake_share_read_write(slot, 1, input[slot], sizeof(input[slot]) - 1);
}

static void answers_simple_commands(void **state)
{
	(void)state;
	EXPECT_SUCCESS(command(0, EXISTS, 7));
	EXPECT_FAILURE(command(0, 4, 0), ERROR_NOSUPPORT);
	EXPECT_FAILURE(command(0, UINT32_MAX, 0), ERROR_NOSUPPORT);
	assert_false(port.is_transmitting);
	assert_false(port.is_receiving);
}

static void short_write_goes_out_at_once(void **state)
{
	(void)state;
	write_text(0, "hello");
	assert_true(port.is_transmitting);
	assert_false(port.transmit_more);
	fake_expect_no_upcall(0);
	fake_uart_drain(&port);
	fake_uart_expect(&port, "hello");
	fake_expect_upcall(0, WRITTEN, 5, 0, 0);
}

static void long_write_goes_out_in_pieces_held_together(void **state)
{
	static const char text[] = "01234567ABCDEFGHx";

	(void)state;
	write_text(0, text);
	assert_int_equal(port.transmit_length, PIECE);
	assert_true(port.transmit_more);
	fake_uart_finish(&port);
	assert_int_equal(port.transmit_length, PIECE);
	assert_true(port.transmit_more);
	fake_expect_no_upcall(0);
	fake_uart_finish(&port);
	assert_int_equal(port.transmit_length, 1);
	assert_false(port.transmit_more);
	fake_uart_finish(&port);
	assert_false(port.is_transmitting);
	fake_uart_expect(&port, text);
	fake_expect_upcall(0, WRITTEN, 17, 0, 0);
}

static void whole_pieces_end_without_more(void **state)
{
	(void)state;
	write_text(0, "01234567ABCDEFGH");
	fake_uart_finish(&port);
	assert_false(port.transmit_more);
	assert_int_equal(fake_uart_drain(&port), 1);
	fake_expect_upcall(0, WRITTEN, 16, 0, 0);
}

static void length_is_the_smaller_of_both(void **state)
{
	(void)state;
	fake_share_read_only(0, 1, "abcdef", 6);
	EXPECT_SUCCESS(command(0, WRITE, 3));
	fake_uart_drain(&port);
	fake_expect_upcall(0, WRITTEN, 3, 0, 0);
	EXPECT_SUCCESS(command(0, WRITE, UINT32_MAX));
	assert_false(port.transmit_more);
	fake_uart_drain(&port);
	fake_expect_upcall(0, WRITTEN, 6, 0, 0);
	fake_uart_expect(&port, "abcabcdef");
}

static void empty_writes_complete(void **state)
{
	(void)state;
	EXPECT_SUCCESS(command(0, WRITE, 5)); /* no buffer */
	fake_expect_upcall(0, WRITTEN, 0, 0, 0);
	write_text(0, "");
	fake_expect_upcall(0, WRITTEN, 0, 0, 0);
	fake_share_read_only(0, 1, "abc", 3);
	EXPECT_SUCCESS(command(0, WRITE, 0));
	fake_expect_upcall(0, WRITTEN, 0, 0, 0);
	assert_false(port.is_transmitting);

	/* Also behind somebody else's. */
	write_text(1, "hello");
	EXPECT_SUCCESS(command(0, WRITE, 0));
	write_text(2, "x");
	fake_uart_drain(&port);
	fake_expect_upcall(0, WRITTEN, 0, 0, 0);
	fake_expect_upcall(1, WRITTEN, 5, 0, 0);
	fake_expect_upcall(2, WRITTEN, 1, 0, 0);
	fake_uart_expect(&port, "hellox");
}

static void processes_write_in_the_order_they_asked(void **state)
{
	(void)state;
	console.tickets = UINT32_MAX - 1; /* order survives the wrap */
	write_text(2, "two two two ");
	write_text(3, "three three ");
	write_text(0, "zero ");
	write_text(1, "one one one ");
	fake_uart_drain(&port);
	fake_uart_expect(&port, "two two two three three zero one one one ");
	fake_expect_upcall(0, WRITTEN, 5, 0, 0);
	fake_expect_upcall(1, WRITTEN, 12, 0, 0);
	fake_expect_upcall(2, WRITTEN, 12, 0, 0);
	fake_expect_upcall(3, WRITTEN, 12, 0, 0);
}

static void nobody_starves(void **state)
{
	(void)state;
	write_text(0, "0");
	write_text(3, "3");
	for (uint32_t i = 0; i < 10; i++) {
		fake_uart_finish(&port);
		if (fake_processes[0].upcall_count > 0) {
			fake_processes[0].upcall_count = 0;
			write_text(0, "0");
		}
		if (fake_processes[3].upcall_count > 0) {
			fake_processes[3].upcall_count = 0;
			write_text(3, "3");
		}
	}
	fake_uart_expect(&port, "0303030303");
}

static void second_write_replaces_the_first(void **state)
{
	(void)state;
	/* While a piece of the first is going out. */
	write_text(0, "01234567ABCDEFGH");
	write_text(0, "second one");
	fake_uart_drain(&port);
	fake_uart_expect(&port, "01234567second one");
	fake_expect_upcall(0, WRITTEN, 10, 0, 0);

	/* While the first waits: it keeps its place. */
	write_text(1, "other");
	write_text(0, "first");
	write_text(2, "third");
	write_text(0, "again");
	fake_uart_drain(&port);
	fake_uart_expect(&port, "otheragainthird");
	fake_expect_upcall(0, WRITTEN, 5, 0, 0);

	/* By nothing. */
	write_text(0, "01234567ABCDEFGH");
	EXPECT_SUCCESS(command(0, WRITE, 0));
	fake_uart_drain(&port);
	fake_uart_expect(&port, "01234567");
	fake_expect_upcall(0, WRITTEN, 0, 0, 0);
}

static void process_that_ends_loses_its_rest(void **state)
{
	(void)state;
	write_text(0, "01234567ABCDEFGH");
	write_text(1, "one");
	write_text(2, "two");
	restart(0);
	fake_process_end(1);
	fake_uart_drain(&port);
	fake_uart_expect(&port, "01234567two");
	fake_expect_no_upcall(0);
	fake_expect_upcall(2, WRITTEN, 3, 0, 0);
	write_text(0, "anew");
	fake_uart_drain(&port);
	fake_uart_expect(&port, "anew");
	fake_expect_upcall(0, WRITTEN, 4, 0, 0);
}

static void buffer_taken_away_ends_the_write(void **state)
{
	(void)state;
	write_text(0, "01234567ABCDEFGH");
	write_text(1, "one");
	write_text(2, "two");
	fake_share_read_only(0, 1, NULL, 0);
	fake_share_read_only(1, 1, NULL, 0);
	fake_uart_drain(&port);
	fake_uart_expect(&port, "01234567two");
	fake_expect_upcall(0, WRITTEN, 8, 0, 0);
	fake_expect_upcall(1, WRITTEN, 0, 0, 0);
	fake_expect_upcall(2, WRITTEN, 3, 0, 0);
}

static void failing_port_ends_the_write(void **state)
{
	(void)state;
	write_text(0, "01234567ABCDEFGH");
	write_text(1, "one");
	fake_uart_fail(&port, 3, ERROR_FAIL);
	fake_expect_upcall(0, WRITTEN, 3, 0, 0);
	fake_uart_drain(&port);
	fake_uart_expect(&port, "012one");
	port.refuse_transmit = ERROR_OFF;
	write_text(2, "two");
	fake_expect_upcall(2, WRITTEN, 0, 0, 0);
}

static void without_memory_nothing_works(void **state)
{
	(void)state;
	fake_processes[0].has_no_memory = true;
	EXPECT_FAILURE(command(0, WRITE, 5), ERROR_NOMEM);
	EXPECT_FAILURE(command(0, READ, 5), ERROR_NOMEM);
	EXPECT_SUCCESS(command(0, ABORT, 0));
	assert_false(port.is_transmitting || port.is_receiving);
}

static void read_completes_with_all_its_bytes(void **state)
{
	(void)state;
	EXPECT_SUCCESS(command(0, READ, 5));
	fake_uart_type(&port, "abcd");
	fake_expect_no_upcall(0);
	fake_uart_type(&port, "efg");
	fake_expect_upcall(0, READ_DONE, 0, 5, 0);
	assert_string_equal(input[0], "abcde");
	assert_false(port.is_receiving);
}

static void read_lengths_are_checked(void **state)
{
	(void)state;
	EXPECT_FAILURE(command(0, READ, READ_LIMIT + 1), ERROR_INVAL);
	EXPECT_FAILURE(command(0, READ, 0), ERROR_INVAL);
	fake_share_read_write(0, 1, NULL, 0);
	EXPECT_FAILURE(command(0, READ, 3), ERROR_INVAL);
	fake_share_read_write(0, 1, input[0], 2);
	EXPECT_SUCCESS(command(0, READ, UINT32_MAX));
	fake_uart_type(&port, "abc");
	fake_expect_upcall(0, READ_DONE, 0, 2, 0);
	fake_share_read_write(0, 1, input[0], READ_LIMIT);
	EXPECT_SUCCESS(command(0, READ, READ_LIMIT));
	fake_uart_type(&port, "0123456789");
	fake_expect_upcall(0, READ_DONE, 0, READ_LIMIT, 0);
}

static void one_read_at_a_time(void **state)
{
	(void)state;
	EXPECT_SUCCESS(command(0, READ, 2));
	EXPECT_FAILURE(command(1, READ, 2), ERROR_BUSY);
	EXPECT_FAILURE(command(0, READ, 1), ERROR_BUSY);
	fake_uart_type(&port, "ab");
	fake_expect_upcall(0, READ_DONE, 0, 2, 0);
	EXPECT_SUCCESS(command(1, READ, 2));
	fake_uart_type(&port, "cd");
	fake_expect_upcall(1, READ_DONE, 0, 2, 0);
	assert_string_equal(input[1], "cd");
}

static void abort_ends_the_own_read_only(void **state)
{
	(void)state;
	EXPECT_SUCCESS(command(0, ABORT, 0));
	EXPECT_SUCCESS(command(0, READ, 5));
	fake_uart_type(&port, "ab");
	EXPECT_SUCCESS(command(1, ABORT, 0));
	fake_deferred_calls_run();
	fake_expect_no_upcall(0);
	EXPECT_SUCCESS(command(0, ABORT, 0));
	fake_expect_no_upcall(0);
	fake_deferred_calls_run();
	fake_expect_upcall(0, READ_DONE, ERROR_CANCEL, 2, 0);
	assert_string_equal(input[0], "ab");
	fake_log_expect(&debug_log, "");
	EXPECT_SUCCESS(command(1, READ, 1));
}

static void buffers_may_change_during_a_read(void **state)
{
	(void)state;
	EXPECT_SUCCESS(command(0, READ, 5));
	fake_share_read_write(0, 1, NULL, 0);
	fake_uart_type(&port, "abcde");
	fake_expect_upcall(0, READ_DONE, ERROR_NOMEM, 0, 0);

	fake_share_read_write(0, 1, input[0], 8);
	EXPECT_SUCCESS(command(0, READ, 5));
	fake_share_read_write(0, 1, input[0], 3);
	fake_uart_type(&port, "ABCDE");
	fake_expect_upcall(0, READ_DONE, ERROR_SIZE, 3, 0);
	assert_string_equal(input[0], "ABC");
	fake_log_expect(&debug_log,
			"console: {} bytes that process {} was to read are lost(5,1)\n"
			"console: {} bytes that process {} was to read are lost(2,1)\n");

	fake_share_read_write(0, 1, input[0], 8);
	EXPECT_SUCCESS(command(0, READ, 5));
	fake_uart_type(&port, "ab");
	fake_uart_break(&port, ERROR_OFF);
	fake_expect_upcall(0, READ_DONE, ERROR_FAIL, 0, 0);
	fake_log_expect(&debug_log,
			"console: {} bytes that process {} was to read are lost(2,1)\n");

	port.refuse_receive = ERROR_OFF;
	EXPECT_FAILURE(command(0, READ, 5), ERROR_FAIL);
	port.refuse_receive = ERROR_NONE;
	EXPECT_SUCCESS(command(0, READ, 5));
}

static void read_of_an_ended_process_gives_way(void **state)
{
	(void)state;
	EXPECT_SUCCESS(command(0, READ, 5));
	fake_uart_type(&port, "sec");
	restart(0);
	EXPECT_SUCCESS(command(1, READ, 3));
	EXPECT_FAILURE(command(2, READ, 3), ERROR_BUSY);
	fake_deferred_calls_run();
	fake_expect_no_upcall(0);
	fake_expect_no_upcall(1);
	fake_uart_type(&port, "abc");
	fake_expect_upcall(1, READ_DONE, 0, 3, 0);
	assert_string_equal(input[1], "abc");

	/* Nobody wants it: it ends by itself. */
	EXPECT_SUCCESS(command(0, READ, 2));
	restart(0);
	fake_uart_type(&port, "xy");
	fake_expect_no_upcall(0);
	assert_string_equal(input[0], "");
	EXPECT_SUCCESS(command(2, READ, 1));
}

/* The abort of the dead process's read has not ended when the next one changes its mind, or ends.
 */
static void second_thoughts_while_taking_over(void **state)
{
	(void)state;
	EXPECT_SUCCESS(command(0, READ, 5));
	fake_uart_type(&port, "sec");
	restart(0);
	EXPECT_SUCCESS(command(1, READ, 3));
	EXPECT_SUCCESS(command(1, ABORT, 0));
	fake_deferred_calls_run();
	fake_expect_upcall(1, READ_DONE, ERROR_CANCEL, 0, 0);
	assert_string_equal(input[1], "");
	assert_false(port.is_receiving);

	EXPECT_SUCCESS(command(0, READ, 5));
	restart(0);
	EXPECT_SUCCESS(command(1, READ, 3));
	restart(1);
	EXPECT_SUCCESS(command(2, READ, 1));
	fake_deferred_calls_run();
	fake_uart_type(&port, "q");
	fake_expect_upcall(2, READ_DONE, 0, 1, 0);

	EXPECT_SUCCESS(command(0, READ, 5));
	restart(0);
	EXPECT_SUCCESS(command(1, READ, 3));
	restart(1);
	fake_deferred_calls_run();
	assert_false(port.is_receiving);
	EXPECT_SUCCESS(command(3, READ, 1));

	fake_uart_type(&port, "r");
	fake_expect_upcall(3, READ_DONE, 0, 1, 0);
	EXPECT_SUCCESS(command(0, READ, 5));
	restart(0);
	EXPECT_SUCCESS(command(1, READ, 3));
	port.refuse_receive = ERROR_OFF;
	fake_deferred_calls_run();
	fake_expect_upcall(1, READ_DONE, ERROR_FAIL, 0, 0);
	port.refuse_receive = ERROR_NONE;
	EXPECT_SUCCESS(command(2, READ, 3));
}

/* Over a virtual port, with somebody else on the same wire. */
static void writes_are_not_mixed_with_other_ports(void **state)
{
	static struct virtual_uart_mux mux;
	static struct virtual_uart ports[2];
	static struct console other; /* a second console will do as somebody else */
	static uint8_t byte[1], other_write_bytes[4], other_read_bytes[4];
	struct buffer receive = BUFFER_OVER(byte);
	struct buffer other_write = BUFFER_OVER(other_write_bytes);
	struct buffer other_read = BUFFER_OVER(other_read_bytes);
	static const char text[] = "the quick brown fox jumps over";

	(void)state;
	virtual_uart_mux_init(&mux, &port.uart, &receive);
	virtual_uart_init(&ports[0], &mux);
	virtual_uart_init(&ports[1], &mux);
	start_over(&ports[0].uart);
	console_init(&other, &ports[1].uart, &other_write, &other_read, NULL);
	for (uint32_t i = 0; i < 2; i++) {
		write_text(i, text);
	}
	/* The fake kernel has one grant for each process: the other console gets its own ones. */
	for (uint32_t i = 2; i < 4; i++) {
		fake_share_read_only(i, 1, "THE LAZY DOG", 12);
		EXPECT_SUCCESS(fake_command(&other.driver, ids[i], WRITE, 12, 0));
	}
	fake_uart_drain(&port);
	fake_uart_expect(&port, "the quick brown fox jumps over"
				"THE LAZY DOG"
				"the quick brown fox jumps over"
				"THE LAZY DOG");
	for (uint32_t i = 0; i < FAKE_PROCESSES; i++) {
		fake_expect_upcall(i, WRITTEN, i < 2 ? 30 : 12, 0, 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(answers_simple_commands, start),
	    cmocka_unit_test_setup(short_write_goes_out_at_once, start),
	    cmocka_unit_test_setup(long_write_goes_out_in_pieces_held_together, start),
	    cmocka_unit_test_setup(whole_pieces_end_without_more, start),
	    cmocka_unit_test_setup(length_is_the_smaller_of_both, start),
	    cmocka_unit_test_setup(empty_writes_complete, start),
	    cmocka_unit_test_setup(processes_write_in_the_order_they_asked, start),
	    cmocka_unit_test_setup(nobody_starves, start),
	    cmocka_unit_test_setup(second_write_replaces_the_first, start),
	    cmocka_unit_test_setup(process_that_ends_loses_its_rest, start),
	    cmocka_unit_test_setup(buffer_taken_away_ends_the_write, start),
	    cmocka_unit_test_setup(failing_port_ends_the_write, start),
	    cmocka_unit_test_setup(without_memory_nothing_works, start),
	    cmocka_unit_test_setup(read_completes_with_all_its_bytes, start),
	    cmocka_unit_test_setup(read_lengths_are_checked, start),
	    cmocka_unit_test_setup(one_read_at_a_time, start),
	    cmocka_unit_test_setup(abort_ends_the_own_read_only, start),
	    cmocka_unit_test_setup(buffers_may_change_during_a_read, start),
	    cmocka_unit_test_setup(read_of_an_ended_process_gives_way, start),
	    cmocka_unit_test_setup(second_thoughts_while_taking_over, start),
	    cmocka_unit_test_setup(writes_are_not_mixed_with_other_ports, start),
	};

	return cmocka_run_group_tests_name("console", tests, NULL, NULL);
}
