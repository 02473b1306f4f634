/* Virtual serial ports: clauses U1 to U5 and X1 to X5. */

#include "fake_kernel.h"
#include <capsules/virtual_uart.h>
#include <string.h>

enum {
	PORTS = 3,
	SIZE = 16
};

struct client {
	struct uart_client client;
	struct virtual_uart port;
	uint8_t bytes[2][SIZE]; /* of the transmit and the receive buffer */
	struct buffer transmit_buffer;
	struct buffer receive_buffer;

	uint32_t transmitted; /* calls */
	uint32_t transmitted_length;
	enum error_code transmitted_status;
	uint32_t received; /* calls */
	uint32_t received_length;
	enum error_code received_status;

	/* What it does from inside transmitted(): so many more transmits of this byte. */
	uint32_t go_on;
	char go_on_byte;
	bool go_on_more; /* `more` of all but the last */
	/* From inside received(): so many more receives of one byte; all bytes are kept here. */
	uint32_t receive_on;
	char seen[64];
	uint32_t seen_length;
};

static struct fake_uart hardware;
static struct virtual_uart_mux mux;
static uint8_t mux_byte[1];
static struct client clients[PORTS];

static enum error_code client_transmit(struct client *self, const char *text, bool more)
{
	uint32_t length = (uint32_t)strlen(text);

	if (!buffer_is_empty(&self->transmit_buffer)) {
		for (uint32_t i = 0; i < length; i++) {
			buffer_set(&self->transmit_buffer, i, (uint8_t)text[i]);
		}
	}
	fake_is_inside_call = true;

	enum error_code status =
	    uart_transmit(&self->port.uart, &self->transmit_buffer, length, more);

	fake_is_inside_call = false;
	return status;
}

static enum error_code client_receive(struct client *self, uint32_t length)
{
	fake_is_inside_call = true;

	enum error_code status = uart_receive(&self->port.uart, &self->receive_buffer, length);

	fake_is_inside_call = false;
	return status;
}

static void client_abort(struct client *self)
{
	fake_is_inside_call = true;
	uart_receive_abort(&self->port.uart);
	fake_is_inside_call = false;
}

static void client_transmitted(struct client *self, struct buffer buffer, uint32_t length,
			       enum error_code status)
{
	char text[2] = {self->go_on_byte, '\0'};

	assert_false(fake_is_inside_call); /* U2 */
	assert_true(buffer_is_empty(&self->transmit_buffer));
	assert_int_equal(buffer_size(&buffer), SIZE);
	self->transmit_buffer = buffer_take(&buffer);
	self->transmitted++;
	self->transmitted_length = length;
	self->transmitted_status = status;
	if (self->go_on > 0) {
		self->go_on--;
		assert_int_equal(client_transmit(self, text, self->go_on_more && self->go_on > 0),
				 ERROR_NONE);
	}
}

static void client_received(struct client *self, struct buffer buffer, uint32_t length,
			    enum error_code status)
{
	assert_false(fake_is_inside_call);
	assert_true(buffer_is_empty(&self->receive_buffer));
	assert_int_equal(buffer_size(&buffer), SIZE);
	self->receive_buffer = buffer_take(&buffer);
	self->received++;
	self->received_length = length;
	self->received_status = status;
	for (uint32_t i = 0; i < length; i++) {
		self->seen[self->seen_length] = (char)buffer_get(&self->receive_buffer, i);
		self->seen_length++;
	}
	if (self->receive_on > 0) {
		self->receive_on--;
		assert_int_equal(client_receive(self, 1), ERROR_NONE); /* U3 */
	}
}

UART_CLIENT_IMPLEMENT(client, struct client, client, .transmitted = client_transmitted,
		      .received = client_received);

static int start(void **state)
{
	struct buffer byte = BUFFER_OVER(mux_byte);

	(void)state;
	fake_kernel_reset();
	fake_uart_init(&hardware);
	memset(&mux, 0, sizeof(mux));
	memset(clients, 0, sizeof(clients));
	virtual_uart_mux_init(&mux, &hardware.uart, &byte);
	assert_true(buffer_is_empty(&byte));
	for (uint32_t i = 0; i < PORTS; i++) {
		struct client *client = &clients[i];

		client->transmit_buffer = BUFFER_OVER(client->bytes[0]);
		client->receive_buffer = BUFFER_OVER(client->bytes[1]);
		virtual_uart_init(&client->port, &mux);
		uart_client_bind(&client->client, &client_uart_client_operations);
		uart_set_client(&client->port.uart, &client->client);
	}
	return 0;
}

static void one_transmit_comes_back(void **state)
{
	(void)state;
	assert_int_equal(client_transmit(&clients[1], "hello", false), ERROR_NONE);
	assert_true(buffer_is_empty(&clients[1].transmit_buffer));
	assert_int_equal(clients[1].transmitted, 0);
	assert_int_equal(fake_uart_drain(&hardware), 1);
	fake_uart_expect(&hardware, "hello");
	assert_int_equal(clients[1].transmitted, 1);
	assert_int_equal(clients[1].transmitted_length, 5);
	assert_int_equal(clients[1].transmitted_status, ERROR_NONE);
}

static void bad_requests_leave_the_buffer(void **state)
{
	struct buffer spare = {0};

	(void)state;
	assert_int_equal(client_transmit(&clients[0], "", false), ERROR_SIZE);
	assert_int_equal(
	    uart_transmit(&clients[0].port.uart, &clients[0].transmit_buffer, SIZE + 1, false),
	    ERROR_SIZE);
	assert_int_equal(buffer_size(&clients[0].transmit_buffer), SIZE);
	assert_int_equal(client_transmit(&clients[0], "a", false), ERROR_NONE);
	assert_int_equal(uart_transmit(&clients[0].port.uart, &spare, 1, false), ERROR_BUSY);

	assert_int_equal(client_receive(&clients[0], 0), ERROR_SIZE);
	assert_int_equal(client_receive(&clients[0], SIZE + 1), ERROR_SIZE);
	assert_int_equal(buffer_size(&clients[0].receive_buffer), SIZE);
	assert_int_equal(client_receive(&clients[0], SIZE), ERROR_NONE);
	assert_int_equal(uart_receive(&clients[0].port.uart, &spare, 1), ERROR_BUSY);
}

static void waiting_ports_take_turns(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < PORTS; i++) {
		clients[i].go_on = 2;
		clients[i].go_on_byte = (char)('a' + i);
	}
	client_transmit(&clients[2], "C", false);
	client_transmit(&clients[1], "B", false);
	client_transmit(&clients[0], "A", false);
	assert_int_equal(fake_uart_drain(&hardware), 9);
	fake_uart_expect(&hardware, "CABcabcab");
}

static void more_keeps_the_others_out(void **state)
{
	(void)state;
	clients[0].go_on = 3;
	clients[0].go_on_byte = 'a';
	clients[0].go_on_more = true;
	client_transmit(&clients[0], "A", true);
	client_transmit(&clients[1], "B", false);
	client_transmit(&clients[2], "C", false);
	fake_uart_drain(&hardware);
	fake_uart_expect(&hardware, "AaaaBC");
}

static void more_without_going_on_lets_the_others_in(void **state)
{
	(void)state;
	client_transmit(&clients[0], "A", true);
	client_transmit(&clients[1], "B", false);
	fake_uart_drain(&hardware);
	client_transmit(&clients[0], "a", false);
	fake_uart_drain(&hardware);
	fake_uart_expect(&hardware, "ABa");
}

static void hardware_is_told_of_more(void **state)
{
	(void)state;
	client_transmit(&clients[0], "A", true);
	assert_true(hardware.transmit_more);
	fake_uart_drain(&hardware);
	client_transmit(&clients[0], "A", false);
	assert_false(hardware.transmit_more);
}

static void failed_transmit_is_passed_on(void **state)
{
	(void)state;
	client_transmit(&clients[0], "hello", false);
	client_transmit(&clients[1], "B", false);
	fake_uart_fail(&hardware, 2, ERROR_FAIL);
	assert_int_equal(clients[0].transmitted_status, ERROR_FAIL);
	assert_int_equal(clients[0].transmitted_length, 2);
	fake_uart_drain(&hardware);
	fake_uart_expect(&hardware, "heB");
}

static void refused_transmit_ends_later(void **state)
{
	(void)state;
	hardware.refuse_transmit = ERROR_OFF;
	assert_int_equal(client_transmit(&clients[0], "A", true), ERROR_NONE);
	assert_int_equal(client_transmit(&clients[1], "B", false), ERROR_NONE);
	assert_int_equal(clients[0].transmitted, 0);
	fake_deferred_calls_run();
	for (uint32_t i = 0; i < 2; i++) {
		assert_int_equal(clients[i].transmitted, 1);
		assert_int_equal(clients[i].transmitted_length, 0);
		assert_int_equal(clients[i].transmitted_status, ERROR_OFF);
	}
	hardware.refuse_transmit = ERROR_NONE;
	client_transmit(&clients[0], "a", false);
	fake_uart_drain(&hardware);
	fake_uart_expect(&hardware, "a");
}

static void every_receiver_gets_every_byte(void **state)
{
	(void)state;
	fake_uart_type(&hardware, "lost");
	client_receive(&clients[0], 3);
	client_receive(&clients[2], 5);
	fake_uart_type(&hardware, "ab");
	client_receive(&clients[1], 1);
	fake_uart_type(&hardware, "cdefg");
	assert_string_equal(clients[0].seen, "abc");
	assert_string_equal(clients[1].seen, "c");
	assert_string_equal(clients[2].seen, "abcde");
	for (uint32_t i = 0; i < PORTS; i++) {
		assert_int_equal(clients[i].received, 1);
		assert_int_equal(clients[i].received_status, ERROR_NONE);
	}
}

static void hardware_receives_only_while_wanted(void **state)
{
	(void)state;
	assert_false(hardware.is_receiving);
	client_receive(&clients[0], 2);
	assert_true(hardware.is_receiving);
	fake_uart_type(&hardware, "a");
	assert_true(hardware.is_receiving);
	fake_uart_type(&hardware, "b");
	assert_false(hardware.is_receiving);
	client_receive(&clients[0], 2);
	client_receive(&clients[1], 2);
	client_abort(&clients[0]);
	assert_false(hardware.is_aborting);
	fake_deferred_calls_run();
	assert_true(hardware.is_receiving);
	client_abort(&clients[1]);
	fake_deferred_calls_run();
	assert_false(hardware.is_receiving);
}

/* A client that receives again from inside received() gets the next byte, not the same one, also
 * when it is looked at after the one that let it. */
static void receiving_again_misses_and_repeats_nothing(void **state)
{
	(void)state;
	clients[0].receive_on = 20;
	clients[2].receive_on = 20;
	client_receive(&clients[0], 1);
	client_receive(&clients[1], 4);
	client_receive(&clients[2], 1);
	fake_uart_type(&hardware, "012345");
	assert_string_equal(clients[0].seen, "012345");
	assert_string_equal(clients[1].seen, "0123");
	assert_string_equal(clients[2].seen, "012345");
}

static void abort_gives_back_the_bytes_so_far(void **state)
{
	(void)state;
	client_receive(&clients[0], 10);
	client_receive(&clients[1], 10);
	fake_uart_type(&hardware, "abc");
	client_abort(&clients[0]);
	assert_int_equal(clients[0].received, 0);
	assert_int_equal(client_receive(&clients[0], 1), ERROR_BUSY);
	fake_deferred_calls_run();
	assert_int_equal(clients[0].received, 1);
	assert_int_equal(clients[0].received_length, 3);
	assert_int_equal(clients[0].received_status, ERROR_CANCEL);
	fake_uart_type(&hardware, "defghij");
	assert_string_equal(clients[0].seen, "abc");
	assert_string_equal(clients[1].seen, "abcdefghij");
}

static void abort_without_receive_does_nothing(void **state)
{
	(void)state;
	client_abort(&clients[0]);
	fake_deferred_calls_run();
	assert_int_equal(clients[0].received, 0);
	assert_false(fake_deferred_calls_wait());
}

static void receive_right_after_abort_works(void **state)
{
	(void)state;
	client_receive(&clients[0], 10);
	client_abort(&clients[0]);
	assert_true(hardware.is_aborting);
	client_receive(&clients[1], 2);
	fake_deferred_calls_run();
	assert_true(hardware.is_receiving);
	fake_uart_type(&hardware, "xy");
	assert_string_equal(clients[1].seen, "xy");
	assert_int_equal(clients[0].received_length, 0);
}

/* The byte came before the abort reached the hardware. */
static void byte_that_crosses_an_abort_is_not_delivered_twice(void **state)
{
	(void)state;
	client_receive(&clients[0], 10);
	client_abort(&clients[0]);
	buffer_set(&hardware.receive_buffer, 0, 'z');
	hardware.received = 1;
	fake_uart_break(&hardware, ERROR_NONE);
	fake_deferred_calls_run();
	assert_int_equal(clients[0].received, 1);
	assert_int_equal(clients[0].received_status, ERROR_CANCEL);
	assert_int_equal(clients[0].received_length, 0);
	assert_false(hardware.is_receiving);
}

static void receive_error_ends_all_receives(void **state)
{
	(void)state;
	client_receive(&clients[0], 4);
	client_receive(&clients[1], 2);
	fake_uart_type(&hardware, "a");
	fake_uart_break(&hardware, ERROR_FAIL);
	for (uint32_t i = 0; i < 2; i++) {
		assert_int_equal(clients[i].received, 1);
		assert_int_equal(clients[i].received_length, 1);
		assert_int_equal(clients[i].received_status, ERROR_FAIL);
	}
	assert_int_equal(clients[2].received, 0);
	assert_false(hardware.is_receiving);
}

static void refused_receive_ends_later(void **state)
{
	(void)state;
	hardware.refuse_receive = ERROR_OFF;
	assert_int_equal(client_receive(&clients[0], 4), ERROR_NONE);
	assert_int_equal(clients[0].received, 0);
	fake_deferred_calls_run();
	assert_int_equal(clients[0].received, 1);
	assert_int_equal(clients[0].received_status, ERROR_OFF);
}

/* Nobody waits for more than one turn of each of the others, whatever they do. */
static void random_transmits_are_fair_and_complete(void **state)
{
	uint64_t random = 0x5eed;
	uint32_t expected[PORTS] = {0};
	uint32_t since[PORTS] = {0}; /* turns of others while waiting */

	(void)state;
	for (uint32_t step = 0; step < 20000; step++) {
		struct client *client = &clients[fake_random(&random) % PORTS];
		char text[2] = {(char)('0' + (client - clients)), '\0'};

		if (client_transmit(client, text, fake_random(&random) % 2 == 0) == ERROR_NONE) {
			expected[client - clients]++;
		}
		if (fake_random(&random) % 2 == 0 && hardware.is_transmitting) {
			uint32_t turn = buffer_get(&hardware.transmit_buffer, 0) - '0';

			for (uint32_t i = 0; i < PORTS; i++) {
				bool waits =
				    i != turn && buffer_is_empty(&clients[i].transmit_buffer);

				since[i] = waits ? since[i] + 1 : 0;
				assert_true(since[i] < PORTS);
			}
			fake_uart_finish(&hardware);
			hardware.log_length = 0;
		}
	}
	fake_uart_drain(&hardware);
	for (uint32_t i = 0; i < PORTS; i++) {
		assert_int_equal(clients[i].transmitted, expected[i]);
		assert_true(expected[i] > 1000);
	}
}

static void begin_lines(struct client *self)
{
	static uint8_t bytes[2];
	struct buffer line_break = BUFFER_OVER(bytes);

	virtual_uart_begin_lines(&self->port, &line_break);
}

/* X5: behind an unfinished line comes CR LF, behind a finished one nothing; others are left alone. */
static void port_that_begins_lines(void **state)
{
	(void)state;
	begin_lines(&clients[1]);
	assert_int_equal(client_transmit(&clients[1], "first\n", false), ERROR_NONE);
	fake_uart_drain(&hardware);
	assert_int_equal(client_transmit(&clients[0], "half", false), ERROR_NONE);
	assert_int_equal(client_transmit(&clients[1], "own\n", false), ERROR_NONE);
	assert_int_equal(client_transmit(&clients[2], "third", false), ERROR_NONE);
	fake_uart_drain(&hardware);
	assert_int_equal(client_transmit(&clients[0], " line\n", false), ERROR_NONE);
	fake_uart_drain(&hardware);
	assert_int_equal(client_transmit(&clients[1], "own again\n", false), ERROR_NONE);
	fake_uart_drain(&hardware);
	fake_uart_expect(&hardware, "first\nhalf\r\nown\nthird line\nown again\n");
	assert_int_equal(clients[1].transmitted, 3);
	assert_int_equal(clients[1].transmitted_length, 10);
}

/* X5: what is not a line is not put on one of its own; what a port left unfinished it may go on with. */
static void pieces_of_lines_are_not_kept_apart(void **state)
{
	(void)state;
	begin_lines(&clients[1]);
	assert_int_equal(client_transmit(&clients[0], "a", false), ERROR_NONE);
	assert_int_equal(client_transmit(&clients[1], "b", false), ERROR_NONE);
	fake_uart_drain(&hardware);
	assert_int_equal(client_transmit(&clients[1], "c\n", false), ERROR_NONE);
	fake_uart_drain(&hardware);
	fake_uart_expect(&hardware, "abc\n");
	assert_int_equal(client_transmit(&clients[0], "a", false), ERROR_NONE);
	clients[1].go_on = 1;
	clients[1].go_on_byte = '\n';
	assert_int_equal(client_transmit(&clients[1], "long", true), ERROR_NONE);
	fake_uart_drain(&hardware);
	fake_uart_expect(&hardware, "a\r\nlong\n");
}

/* X5: the break is as good as it can be, the client's bytes come in any case. */
static void line_break_that_fails(void **state)
{
	(void)state;
	begin_lines(&clients[1]);
	assert_int_equal(client_transmit(&clients[0], "half", false), ERROR_NONE);
	assert_int_equal(client_transmit(&clients[1], "own\n", false), ERROR_NONE);
	fake_uart_finish(&hardware);
	fake_uart_fail(&hardware, 0, ERROR_FAIL);
	fake_uart_drain(&hardware);
	fake_uart_expect(&hardware, "halfown\n");
	assert_int_equal(clients[1].transmitted, 1);
	assert_int_equal(clients[1].transmitted_status, ERROR_NONE);
	assert_int_equal(client_transmit(&clients[0], "half", false), ERROR_NONE);
	assert_int_equal(client_transmit(&clients[1], "own\n", false), ERROR_NONE);
	fake_uart_drain(&hardware);
	fake_uart_expect(&hardware, "half\r\nown\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(one_transmit_comes_back, start),
	    cmocka_unit_test_setup(bad_requests_leave_the_buffer, start),
	    cmocka_unit_test_setup(waiting_ports_take_turns, start),
	    cmocka_unit_test_setup(more_keeps_the_others_out, start),
	    cmocka_unit_test_setup(more_without_going_on_lets_the_others_in, start),
	    cmocka_unit_test_setup(hardware_is_told_of_more, start),
	    cmocka_unit_test_setup(failed_transmit_is_passed_on, start),
	    cmocka_unit_test_setup(refused_transmit_ends_later, start),
	    cmocka_unit_test_setup(every_receiver_gets_every_byte, start),
	    cmocka_unit_test_setup(hardware_receives_only_while_wanted, start),
	    cmocka_unit_test_setup(receiving_again_misses_and_repeats_nothing, start),
	    cmocka_unit_test_setup(abort_gives_back_the_bytes_so_far, start),
	    cmocka_unit_test_setup(abort_without_receive_does_nothing, start),
	    cmocka_unit_test_setup(receive_right_after_abort_works, start),
	    cmocka_unit_test_setup(byte_that_crosses_an_abort_is_not_delivered_twice, start),
	    cmocka_unit_test_setup(receive_error_ends_all_receives, start),
	    cmocka_unit_test_setup(refused_receive_ends_later, start),
	    cmocka_unit_test_setup(random_transmits_are_fair_and_complete, start),
	    cmocka_unit_test_setup(port_that_begins_lines, start),
	    cmocka_unit_test_setup(pieces_of_lines_are_not_kept_apart, start),
	    cmocka_unit_test_setup(line_break_that_fails, start),
	};

	return cmocka_run_group_tests_name("virtual_uart", tests, NULL, NULL);
}
