/* The LM3S UART driver over registers that stand still: what it takes, how much it moves at a
 * time, when it gives buffers back, and which interrupts it lets through. What is sent byte by byte
 * shows only on a device, and is tested there. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <chips/lm3s/uart.h>
#include <cmocka.h>

/* Data sheet, "Register Map". */
enum offset {
	UARTDR = 0x000,
	UARTFR = 0x018,
	UARTIBRD = 0x024,
	UARTFBRD = 0x028,
	UARTLCRH = 0x02C,
	UARTCTL = 0x030,
	UARTIFLS = 0x034,
	UARTIM = 0x038,
	UARTRIS = 0x03C,
	UARTMIS = 0x040,
	UARTICR = 0x044,
};

enum {
	FLAG_RECEIVE_EMPTY = 1 << 4,
	FLAG_TRANSMIT_FULL = 1 << 5,
	INTERRUPT_RECEIVED = 1 << 4 | 1 << 6,
	INTERRUPT_TRANSMIT = 1 << 5,
	BYTES = 64,
};

struct uart_test {
	struct uart_client client;
	struct lm3s_uart driver;

	struct buffer back; /* the buffer that came back last */
	uint32_t length;
	enum error_code status;
	uint32_t transmitted, received;

	bool inside; /* a call of the driver, where no callback may come */
	bool again;  /* start the next transfer from inside the callback */
};

/* What the driver makes of its typed registers, word by word. */
static union {
	struct lm3s_uart_registers registers;
	uint32_t words[sizeof(struct lm3s_uart_registers) / sizeof(uint32_t)];
} block;

static uint32_t *at(enum offset offset)
{
	return &block.words[offset / 4];
}

static struct uart_test test;
static uint32_t deferred_pending;
static uint8_t bytes[BYTES], other_bytes[BYTES];

void deferred_call_set(struct deferred_call *self)
{
	assert_ptr_equal(self, &test.driver.deferred_call);
	deferred_pending = 1;
}

static void deferred_run(void)
{
	assert_int_equal(deferred_pending, 1);
	deferred_pending = 0;
	test.driver.deferred_call.private_operations->run(&test.driver.deferred_call);
}

static void test_transmitted(struct uart_test *self, struct buffer buffer, uint32_t length,
			     enum error_code status)
{
	assert_false(self->inside);
	self->transmitted++;
	self->back = buffer;
	self->length = length;
	self->status = status;
	if (self->again) {
		self->again = false;
		assert_int_equal(uart_transmit(&self->driver.uart, &self->back, 3, false),
				 ERROR_NONE);
	}
}

static void test_received(struct uart_test *self, struct buffer buffer, uint32_t length,
			  enum error_code status)
{
	assert_false(self->inside);
	self->received++;
	self->back = buffer;
	self->length = length;
	self->status = status;
	if (self->again) {
		self->again = false;
		assert_int_equal(uart_receive(&self->driver.uart, &self->back, 3), ERROR_NONE);
	}
}

UART_CLIENT_IMPLEMENT(test, struct uart_test, client, .transmitted = test_transmitted,
		      .received = test_received);

static void flags_set(uint32_t flags)
{
	*at(UARTFR) = flags;
}

static void raw_status_set(uint32_t status)
{
	*at(UARTRIS) = status;
}

/* The line is raised for what is in `status` and not masked. */
static void service(uint32_t status)
{
	*at(UARTMIS) = status & *at(UARTIM);
	interrupt_handler_service(&test.driver.interrupt);
}

static enum error_code transmit(struct buffer *buffer, uint32_t length)
{
	test.inside = true;
	enum error_code error = uart_transmit(&test.driver.uart, buffer, length, false);
	test.inside = false;
	return error;
}

static enum error_code receive(struct buffer *buffer, uint32_t length)
{
	test.inside = true;
	enum error_code error = uart_receive(&test.driver.uart, buffer, length);
	test.inside = false;
	return error;
}

static int setup(void **state)
{
	(void)state;
	for (uint32_t word = 0; word < sizeof(block.words) / sizeof(uint32_t); word++) {
		block.words[word] = 0;
	}
	flags_set(FLAG_RECEIVE_EMPTY);
	for (uint32_t index = 0; index < BYTES; index++) {
		bytes[index] = (uint8_t)(index + 1);
		other_bytes[index] = 0;
	}
	test = (struct uart_test){0};
	deferred_pending = 0;
	lm3s_uart_init(&test.driver, &block.registers, 50000000);
	uart_client_bind(&test.client, &test_uart_client_operations);
	uart_set_client(&test.driver.uart, &test.client);
	return 0;
}

static void init_programs_the_port(void **state)
{
	(void)state;
	assert_int_equal(*at(UARTIBRD), 27); /* 50 MHz / (16 * 115200) = 27.13 */
	assert_int_equal(*at(UARTFBRD), 8);  /* 0.13 * 64, rounded */
	assert_int_equal(*at(UARTLCRH), 0x70);
	assert_int_equal(*at(UARTCTL), 0x301);
	assert_int_equal(*at(UARTIFLS), 0x10);
	assert_int_equal(*at(UARTICR), 0x7F0);
	assert_int_equal(*at(UARTIM), 0);
}

static void refused_buffers_stay_with_the_caller(void **state)
{
	(void)state;
	struct buffer buffer = BUFFER_OVER(bytes);
	struct buffer other = BUFFER_OVER(other_bytes);

	assert_int_equal(transmit(&buffer, 0), ERROR_SIZE);
	assert_int_equal(transmit(&buffer, BYTES + 1), ERROR_SIZE);
	assert_int_equal(receive(&buffer, 0), ERROR_SIZE);
	assert_int_equal(receive(&buffer, BYTES + 1), ERROR_SIZE);
	assert_int_equal(buffer_size(&buffer), BYTES);
	assert_int_equal(transmit(&buffer, BYTES), ERROR_NONE);
	assert_true(buffer_is_empty(&buffer));
	assert_int_equal(transmit(&other, 1), ERROR_BUSY);
	assert_int_equal(buffer_size(&other), BYTES);
	assert_int_equal(receive(&other, BYTES), ERROR_NONE);
	buffer = (struct buffer){bytes, BYTES};
	assert_int_equal(receive(&buffer, 1), ERROR_BUSY);
	assert_int_equal(buffer_size(&buffer), BYTES);
}

static void short_transmission_completes_by_deferred_call(void **state)
{
	(void)state;
	struct buffer buffer = BUFFER_OVER(bytes);

	assert_int_equal(transmit(&buffer, 5), ERROR_NONE);
	assert_int_equal(*at(UARTDR), 5);
	assert_int_equal(*at(UARTIM), 0);
	assert_int_equal(test.transmitted, 0);
	deferred_run();
	assert_int_equal(test.transmitted, 1);
	assert_int_equal(test.length, 5);
	assert_int_equal(test.status, ERROR_NONE);
	assert_ptr_equal(test.back.private_bytes, bytes);
	assert_int_equal(deferred_pending, 0);
}

/* As in QEMU: never full, the flag up after each byte. */
static void long_transmission_moves_sixteen_bytes_an_interrupt(void **state)
{
	(void)state;
	struct buffer buffer = BUFFER_OVER(bytes);

	raw_status_set(INTERRUPT_TRANSMIT);
	assert_int_equal(transmit(&buffer, 40), ERROR_NONE);
	assert_int_equal(*at(UARTDR), 16);
	assert_int_equal(*at(UARTIM), INTERRUPT_TRANSMIT);
	assert_int_equal(deferred_pending, 0);
	*at(UARTICR) = 0;
	service(INTERRUPT_TRANSMIT);
	assert_int_equal(*at(UARTICR), INTERRUPT_TRANSMIT);
	assert_int_equal(*at(UARTDR), 32);
	assert_int_equal(deferred_pending, 0);
	service(INTERRUPT_TRANSMIT);
	assert_int_equal(*at(UARTDR), 40);
	assert_int_equal(*at(UARTIM), 0);
	assert_int_equal(test.transmitted, 0);
	deferred_run();
	assert_int_equal(test.transmitted, 1);
	assert_int_equal(test.length, 40);
}

static void full_fifo_waits_for_the_interrupt(void **state)
{
	(void)state;
	struct buffer buffer = BUFFER_OVER(bytes);

	*at(UARTDR) = 0;
	flags_set(FLAG_TRANSMIT_FULL | FLAG_RECEIVE_EMPTY);
	assert_int_equal(transmit(&buffer, 2), ERROR_NONE);
	assert_int_equal(*at(UARTDR), 0);
	assert_int_equal(*at(UARTIM), INTERRUPT_TRANSMIT);
	assert_int_equal(deferred_pending, 0);
	flags_set(FLAG_RECEIVE_EMPTY);
	service(INTERRUPT_TRANSMIT);
	assert_int_equal(*at(UARTDR), 2);
	deferred_run();
	assert_int_equal(test.transmitted, 1);
}

/* Neither full nor flagged: the FIFO ran empty between two bytes, and no interrupt will come. */
static void lost_interrupt_is_made_up_for(void **state)
{
	(void)state;
	struct buffer buffer = BUFFER_OVER(bytes);

	assert_int_equal(transmit(&buffer, 20), ERROR_NONE);
	assert_int_equal(*at(UARTDR), 16);
	deferred_run();
	assert_int_equal(*at(UARTDR), 20);
	assert_int_equal(test.transmitted, 0);
	deferred_run();
	assert_int_equal(test.transmitted, 1);
}

static void next_transmission_from_inside_transmitted(void **state)
{
	(void)state;
	struct buffer buffer = BUFFER_OVER(bytes);

	test.again = true;
	assert_int_equal(transmit(&buffer, 1), ERROR_NONE);
	deferred_run();
	assert_int_equal(test.transmitted, 1);
	assert_int_equal(*at(UARTDR), 3);
	deferred_run();
	assert_int_equal(test.transmitted, 2);
	assert_int_equal(test.length, 3);
}

static void reception_takes_sixteen_bytes_an_interrupt(void **state)
{
	(void)state;
	struct buffer buffer = BUFFER_OVER(other_bytes);

	assert_int_equal(receive(&buffer, 20), ERROR_NONE);
	assert_int_equal(*at(UARTIM), INTERRUPT_RECEIVED);
	flags_set(0);
	*at(UARTDR) = 'x';
	service(INTERRUPT_RECEIVED);
	assert_int_equal(test.received, 0);
	assert_int_equal(other_bytes[15], 'x');
	assert_int_equal(other_bytes[16], 0);
	service(INTERRUPT_RECEIVED);
	assert_int_equal(test.received, 1);
	assert_int_equal(test.length, 20);
	assert_int_equal(test.status, ERROR_NONE);
	assert_int_equal(other_bytes[19], 'x');
	assert_int_equal(other_bytes[20], 0);
	assert_int_equal(*at(UARTIM), 0);
}

static void damaged_bytes_are_dropped(void **state)
{
	(void)state;
	struct buffer buffer = BUFFER_OVER(other_bytes);

	assert_int_equal(receive(&buffer, 1), ERROR_NONE);
	flags_set(0);
	for (uint32_t error = 1 << 8; error <= 1 << 10; error <<= 1) {
		*at(UARTDR) = error | 'x';
		service(INTERRUPT_RECEIVED);
		assert_int_equal(test.received, 0);
	}
	*at(UARTDR) = 1 << 11 | 'y'; /* this byte is sound, others before it were lost */
	service(INTERRUPT_RECEIVED);
	assert_int_equal(test.received, 1);
	assert_int_equal(other_bytes[0], 'y');
}

static void flag_without_a_byte_is_cleared(void **state)
{
	(void)state;
	struct buffer buffer = BUFFER_OVER(other_bytes);

	assert_int_equal(receive(&buffer, 1), ERROR_NONE);
	*at(UARTICR) = 0;
	service(INTERRUPT_RECEIVED);
	assert_int_equal(*at(UARTICR), INTERRUPT_RECEIVED);
	assert_int_equal(test.received, 0);
}

static void next_reception_from_inside_received(void **state)
{
	(void)state;
	struct buffer buffer = BUFFER_OVER(other_bytes);

	test.again = true;
	assert_int_equal(receive(&buffer, 1), ERROR_NONE);
	flags_set(0);
	service(INTERRUPT_RECEIVED);
	assert_int_equal(test.received, 1);
	assert_int_equal(*at(UARTIM), INTERRUPT_RECEIVED);
	service(INTERRUPT_RECEIVED);
	assert_int_equal(test.received, 2);
	assert_int_equal(test.length, 3);
}

static void abort_gives_back_what_has_come(void **state)
{
	(void)state;
	struct buffer buffer = BUFFER_OVER(other_bytes);

	assert_int_equal(receive(&buffer, 20), ERROR_NONE);
	flags_set(0);
	service(INTERRUPT_RECEIVED);
	test.inside = true;
	uart_receive_abort(&test.driver.uart);
	uart_receive_abort(&test.driver.uart);
	test.inside = false;
	assert_int_equal(*at(UARTIM), 0);
	service(INTERRUPT_RECEIVED); /* raised before, masked now */
	assert_int_equal(test.received, 0);
	deferred_run();
	assert_int_equal(test.received, 1);
	assert_int_equal(test.length, 16);
	assert_int_equal(test.status, ERROR_CANCEL);
	assert_ptr_equal(test.back.private_bytes, other_bytes);
	assert_int_equal(receive(&test.back, 1), ERROR_NONE);
	assert_int_equal(*at(UARTIM), INTERRUPT_RECEIVED);
}

static void abort_of_nothing_is_nothing(void **state)
{
	(void)state;
	uart_receive_abort(&test.driver.uart);
	assert_int_equal(deferred_pending, 0);
}

static void abort_leaves_a_transmission_alone(void **state)
{
	(void)state;
	struct buffer out = BUFFER_OVER(bytes);
	struct buffer in = BUFFER_OVER(other_bytes);

	raw_status_set(INTERRUPT_TRANSMIT);
	assert_int_equal(transmit(&out, 40), ERROR_NONE);
	assert_int_equal(receive(&in, 1), ERROR_NONE);
	uart_receive_abort(&test.driver.uart);
	assert_int_equal(*at(UARTIM), INTERRUPT_TRANSMIT);
	deferred_run();
	assert_int_equal(test.received, 1);
	assert_int_equal(test.transmitted, 0);
}

static void panic_writer_gives_up_on_a_dead_port(void **state)
{
	(void)state;
	panic_writer_write(&test.driver.panic_writer, SPAN_OF_TEXT("abc"));
	assert_int_equal(*at(UARTDR), 'c');
	flags_set(FLAG_TRANSMIT_FULL);
	panic_writer_write(&test.driver.panic_writer, SPAN_OF_TEXT("def"));
	assert_int_equal(*at(UARTDR), 'c');
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(init_programs_the_port, setup),
	    cmocka_unit_test_setup(refused_buffers_stay_with_the_caller, setup),
	    cmocka_unit_test_setup(short_transmission_completes_by_deferred_call, setup),
	    cmocka_unit_test_setup(long_transmission_moves_sixteen_bytes_an_interrupt, setup),
	    cmocka_unit_test_setup(full_fifo_waits_for_the_interrupt, setup),
	    cmocka_unit_test_setup(lost_interrupt_is_made_up_for, setup),
	    cmocka_unit_test_setup(next_transmission_from_inside_transmitted, setup),
	    cmocka_unit_test_setup(reception_takes_sixteen_bytes_an_interrupt, setup),
	    cmocka_unit_test_setup(damaged_bytes_are_dropped, setup),
	    cmocka_unit_test_setup(flag_without_a_byte_is_cleared, setup),
	    cmocka_unit_test_setup(next_reception_from_inside_received, setup),
	    cmocka_unit_test_setup(abort_gives_back_what_has_come, setup),
	    cmocka_unit_test_setup(abort_of_nothing_is_nothing, setup),
	    cmocka_unit_test_setup(abort_leaves_a_transmission_alone, setup),
	    cmocka_unit_test_setup(panic_writer_gives_up_on_a_dead_port, setup),
	};

	return cmocka_run_group_tests_name("uart", tests, NULL, NULL);
}
