/* The debug log: clauses L1 to L4 of hil/debug_log.h, Q1 to Q3 of capsules/debug_log.h. */

#include "fake_kernel.h"
#include <capsules/debug_log.h>
#include <capsules/virtual_uart.h>
#include <stdio.h>
#include <string.h>

static struct fake_uart port;
static struct debug_log_queue queue;
static struct debug_log *log_;
static uint8_t line_bytes[DEBUG_LOG_LINE];

static void start_over(struct uart *uart)
{
	struct buffer line = BUFFER_OVER(line_bytes);

	memset(&queue, 0, sizeof(queue));
	debug_log_queue_init(&queue, uart, &line);
	log_ = &queue.log;
}

static int start(void **state)
{
	(void)state;
	fake_kernel_reset();
	fake_uart_init(&port);
	start_over(&port.uart);
	return 0;
}

static void numbers_are_put_where_the_words_say(void **state)
{
	(void)state;
	debug_log_2(log_, SPAN_OF_TEXT("uart: received {} bytes from {x}"), 4294967295u, 0xbeef);
	fake_uart_drain(&port);
	debug_log_2(log_, SPAN_OF_TEXT("{x}{}"), 10, 0);
	fake_uart_drain(&port);
	debug_log_1(log_, SPAN_OF_TEXT("one: {}."), 7);
	fake_uart_drain(&port);
	debug_log_0(log_, SPAN_OF_TEXT("none"));
	fake_uart_drain(&port);
	fake_uart_expect(
	    &port, "uart: received 4294967295 bytes from 0xbeef\r\n0xa0\r\none: 7.\r\nnone\r\n");
}

/* What is wrong with the words harms nobody. */
static void words_that_do_not_fit_the_numbers(void **state)
{
	(void)state;
	debug_log_2(log_, SPAN_OF_TEXT("{} {} {} {x}"), 1, 2);
	fake_uart_drain(&port);
	debug_log_1(log_, SPAN_OF_TEXT("{"), 1);
	fake_uart_drain(&port);
	debug_log_1(log_, SPAN_OF_TEXT("a } b {y}"), 1);
	fake_uart_drain(&port);
	fake_uart_expect(&port, "1 2 ? ?\r\n\r\na } b 1\r\n");
}

static void line_is_cut_at_the_end_of_its_buffer(void **state)
{
	char expected[DEBUG_LOG_LINE + 1];

	(void)state;
	memset(expected, 'x', DEBUG_LOG_LINE - 2);
	strcpy(&expected[DEBUG_LOG_LINE - 2], "\r\n");
	debug_log_0(
	    log_,
	    SPAN_OF_TEXT("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
			 "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"));
	fake_uart_drain(&port);
	fake_uart_expect(&port, expected);
}

/* The port is not touched from inside the message: who speaks may be the port. */
static void message_is_only_taken(void **state)
{
	(void)state;
	debug_log_0(log_, SPAN_OF_TEXT("later"));
	assert_false(port.is_transmitting);
	assert_true(fake_deferred_calls_wait());
	fake_deferred_calls_run();
	assert_true(port.is_transmitting);
	assert_false(port.transmit_more);
}

static void messages_keep_their_order(void **state)
{
	char expected[256] = "";

	(void)state;
	for (uint32_t i = 0; i < DEBUG_LOG_MESSAGES; i++) {
		char line[16];

		debug_log_1(log_, SPAN_OF_TEXT("m {}"), i);
		snprintf(line, sizeof(line), "m %u\r\n", i);
		strcat(expected, line);
	}
	fake_uart_drain(&port);
	fake_uart_expect(&port, expected);
	assert_int_equal(debug_log_lost(&queue.log), 0);
}

static void lost_messages_are_counted_where_they_are_missing(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < DEBUG_LOG_MESSAGES + 3; i++) {
		debug_log_1(log_, SPAN_OF_TEXT("{}"), i);
	}
	fake_deferred_calls_run();
	fake_uart_finish(&port); /* there is room again, but what comes now would be out of place */
	debug_log_0(log_, SPAN_OF_TEXT("out of place"));
	fake_uart_drain(&port);
	debug_log_0(log_, SPAN_OF_TEXT("after"));
	fake_uart_drain(&port);
	fake_uart_expect(
	    &port, "0\r\n1\r\n2\r\n3\r\n4\r\n5\r\n6\r\n7\r\n... 4 messages lost\r\nafter\r\n");
	assert_int_equal(debug_log_lost(&queue.log), 4);
	for (uint32_t i = 0; i < DEBUG_LOG_MESSAGES + 1; i++) {
		debug_log_0(log_, SPAN_OF_TEXT("."));
	}
	fake_uart_drain(&port);
	fake_uart_expect(&port, ".\r\n.\r\n.\r\n.\r\n.\r\n.\r\n.\r\n.\r\n... 1 message lost\r\n");
	assert_int_equal(debug_log_lost(&queue.log), 5);
}

static void refusing_port_is_tried_again(void **state)
{
	(void)state;
	port.refuse_transmit = ERROR_OFF;
	for (uint32_t i = 0; i < DEBUG_LOG_MESSAGES + 2; i++) {
		debug_log_1(log_, SPAN_OF_TEXT("{}"), i);
	}
	fake_deferred_calls_run();
	port.refuse_transmit = ERROR_NONE;
	debug_log_0(log_, SPAN_OF_TEXT("lost as well"));
	fake_uart_drain(&port);
	fake_uart_expect(&port, "1\r\n2\r\n3\r\n4\r\n5\r\n6\r\n7\r\n... 3 messages lost\r\n");
}

static void no_log_takes_everything(void **state)
{
	(void)state;
	debug_log_2(NULL, SPAN_OF_TEXT("{} {}"), 1, 2);
	assert_false(fake_deferred_calls_wait());
}

/* Beside a port that writes pieces of lines: every message has a line of its own, in one piece. */
static void lines_are_its_own(void **state)
{
	static struct virtual_uart_mux mux;
	static struct virtual_uart ports[2];
	static uint8_t byte[1], break_bytes[2], piece_bytes[4];
	struct buffer receive = BUFFER_OVER(byte);
	struct buffer line_break = BUFFER_OVER(break_bytes);
	struct buffer piece = BUFFER_OVER(piece_bytes);

	(void)state;
	virtual_uart_mux_init(&mux, &port.uart, &receive);
	virtual_uart_init(&ports[0], &mux);
	virtual_uart_init(&ports[1], &mux);
	virtual_uart_begin_lines(&ports[1], &line_break);
	start_over(&ports[1].uart);
	buffer_set(&piece, 0, 'a');
	buffer_set(&piece, 1, '\n');
	assert_int_equal(uart_transmit(&ports[0].uart, &piece, 1, false), ERROR_NONE);
	debug_log_0(log_, SPAN_OF_TEXT("one"));
	debug_log_0(log_, SPAN_OF_TEXT("two"));
	fake_uart_drain(&port);
	fake_uart_expect(&port, "a\r\none\r\ntwo\r\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(numbers_are_put_where_the_words_say, start),
	    cmocka_unit_test_setup(words_that_do_not_fit_the_numbers, start),
	    cmocka_unit_test_setup(line_is_cut_at_the_end_of_its_buffer, start),
	    cmocka_unit_test_setup(message_is_only_taken, start),
	    cmocka_unit_test_setup(messages_keep_their_order, start),
	    cmocka_unit_test_setup(lost_messages_are_counted_where_they_are_missing, start),
	    cmocka_unit_test_setup(refusing_port_is_tried_again, start),
	    cmocka_unit_test_setup(no_log_takes_everything, start),
	    cmocka_unit_test_setup(lines_are_its_own, start),
	};

	return cmocka_run_group_tests_name("debug_log", tests, NULL, NULL);
}
