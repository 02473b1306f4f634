/* The 16550 driver over registers that stand still: what it takes, how much it moves at a
 * time, when it gives buffers back, and which interrupts it lets through. What is sent byte by byte
 * shows only on a device, and is tested there. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <chips/qemu_virt/uart16550.h>
#include <cmocka.h>

/* Data sheet, table II; 0 is RBR, THR and DLL, 1 DLM as well. */
enum offset {
	DATA = 0,
	IER = 1,
	FCR = 2,
	LCR = 3,
	MCR = 4,
	LSR = 5,
};

enum {
	STATUS_RECEIVED = 1 << 0,
	STATUS_TRANSMIT_EMPTY = 1 << 5,
	ENABLE_RECEIVED = 1 << 0,
	ENABLE_TRANSMIT_EMPTY = 1 << 1,
	BYTES = 64,
};

struct uart16550_test {
	struct uart_client client;
	struct qemu_virt_uart16550 driver;

	struct buffer back; /* the buffer that came back last */
	uint32_t length;
	enum error_code status;
	uint32_t transmitted, received;

	bool inside; /* a call of the driver, where no callback may come */
	bool again;  /* start the next transfer from inside the callback */
};

/* What the driver makes of its typed registers, byte by byte. */
static union {
	struct qemu_virt_uart16550_registers registers;
	uint8_t bytes[sizeof(struct qemu_virt_uart16550_registers)];
} block;

static uint8_t *at(enum offset offset)
{
	return &block.bytes[offset];
}

static struct uart16550_test test;
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

static void test_transmitted(struct uart16550_test *self, struct buffer buffer, uint32_t length,
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

static void test_received(struct uart16550_test *self, struct buffer buffer, uint32_t length,
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

UART_CLIENT_IMPLEMENT(test, struct uart16550_test, client, .transmitted = test_transmitted,
		      .received = test_received);

static void status_set(uint8_t status)
{
	*at(LSR) = status;
}

static void service(void)
{
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
	for (uint32_t index = 0; index < sizeof(block.bytes); index++) {
		block.bytes[index] = 0;
	}
	status_set(STATUS_TRANSMIT_EMPTY);
	for (uint32_t index = 0; index < BYTES; index++) {
		bytes[index] = (uint8_t)(index + 1);
		other_bytes[index] = 0;
	}
	test = (struct uart16550_test){0};
	deferred_pending = 0;
	qemu_virt_uart16550_init(&test.driver, &block.registers, QEMU_VIRT_UART16550_CLOCK_HZ);
	uart_client_bind(&test.client, &test_uart_client_operations);
	uart_set_client(&test.driver.uart, &test.client);
	return 0;
}

static void init_programs_the_port(void **state)
{
	(void)state;
	assert_int_equal(*at(DATA), 2); /* 3.6864 MHz / (16 * 115200), the last write */
	assert_int_equal(*at(LCR), 0x03);
	assert_int_equal(*at(FCR), 0x07);
	assert_int_equal(*at(MCR), 0x03);
	assert_int_equal(*at(IER), 0);
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

/* The interrupt comes by itself when it is switched on. */
static void transmit_only_asks_for_the_interrupt(void **state)
{
	(void)state;
	struct buffer buffer = BUFFER_OVER(bytes);

	assert_int_equal(transmit(&buffer, 5), ERROR_NONE);
	assert_int_equal(*at(IER), ENABLE_TRANSMIT_EMPTY);
	assert_int_equal(*at(DATA), 2); /* as init left it */
	service();
	assert_int_equal(*at(DATA), 5);
	assert_int_equal(test.transmitted, 1);
	assert_int_equal(test.length, 5);
	assert_int_equal(test.status, ERROR_NONE);
	assert_ptr_equal(test.back.private_bytes, bytes);
	assert_int_equal(*at(IER), 0);
}

static void long_transmission_moves_sixteen_bytes_an_interrupt(void **state)
{
	(void)state;
	struct buffer buffer = BUFFER_OVER(bytes);

	assert_int_equal(transmit(&buffer, 33), ERROR_NONE);
	service();
	assert_int_equal(*at(DATA), 16);
	service();
	assert_int_equal(*at(DATA), 32);
	assert_int_equal(test.transmitted, 0);
	assert_int_equal(*at(IER), ENABLE_TRANSMIT_EMPTY);
	service();
	assert_int_equal(*at(DATA), 33);
	assert_int_equal(test.transmitted, 1);
	assert_int_equal(test.length, 33);
}

static void filled_fifo_is_left_alone(void **state)
{
	(void)state;
	struct buffer buffer = BUFFER_OVER(bytes);

	assert_int_equal(transmit(&buffer, 5), ERROR_NONE);
	status_set(0);
	service();
	assert_int_equal(*at(DATA), 2);
	assert_int_equal(test.transmitted, 0);
}

static void next_transmission_from_inside_transmitted(void **state)
{
	(void)state;
	struct buffer buffer = BUFFER_OVER(bytes);

	test.again = true;
	assert_int_equal(transmit(&buffer, 1), ERROR_NONE);
	service();
	assert_int_equal(test.transmitted, 1);
	assert_int_equal(*at(IER), ENABLE_TRANSMIT_EMPTY);
	service();
	assert_int_equal(test.transmitted, 2);
	assert_int_equal(test.length, 3);
}

static void reception_takes_sixteen_bytes_an_interrupt(void **state)
{
	(void)state;
	struct buffer buffer = BUFFER_OVER(other_bytes);

	assert_int_equal(receive(&buffer, 20), ERROR_NONE);
	assert_int_equal(*at(IER), ENABLE_RECEIVED);
	service(); /* nothing there */
	assert_int_equal(other_bytes[0], 0);
	status_set(STATUS_RECEIVED);
	*at(DATA) = 'x';
	service();
	assert_int_equal(test.received, 0);
	assert_int_equal(other_bytes[15], 'x');
	assert_int_equal(other_bytes[16], 0);
	service();
	assert_int_equal(test.received, 1);
	assert_int_equal(test.length, 20);
	assert_int_equal(test.status, ERROR_NONE);
	assert_int_equal(other_bytes[19], 'x');
	assert_int_equal(other_bytes[20], 0);
	assert_int_equal(*at(IER), 0);
}

static void damaged_bytes_are_dropped(void **state)
{
	(void)state;
	struct buffer buffer = BUFFER_OVER(other_bytes);

	assert_int_equal(receive(&buffer, 1), ERROR_NONE);
	*at(DATA) = 'x';
	for (uint8_t error = 1 << 2; error <= 1 << 4; error = (uint8_t)(error << 1)) {
		status_set(error | STATUS_RECEIVED);
		service();
		assert_int_equal(test.received, 0);
	}
	*at(DATA) = 'y';
	status_set(1 << 1 | STATUS_RECEIVED); /* sound, but others before it were lost */
	service();
	assert_int_equal(test.received, 1);
	assert_int_equal(other_bytes[0], 'y');
}

static void next_reception_from_inside_received(void **state)
{
	(void)state;
	struct buffer buffer = BUFFER_OVER(other_bytes);

	test.again = true;
	assert_int_equal(receive(&buffer, 1), ERROR_NONE);
	status_set(STATUS_RECEIVED);
	service();
	assert_int_equal(test.received, 1);
	assert_int_equal(*at(IER), ENABLE_RECEIVED);
	service();
	assert_int_equal(test.received, 2);
	assert_int_equal(test.length, 3);
}

static void both_ways_in_one_interrupt(void **state)
{
	(void)state;
	struct buffer out = BUFFER_OVER(bytes);
	struct buffer in = BUFFER_OVER(other_bytes);

	assert_int_equal(transmit(&out, 40), ERROR_NONE);
	assert_int_equal(receive(&in, 1), ERROR_NONE);
	assert_int_equal(*at(IER), ENABLE_RECEIVED | ENABLE_TRANSMIT_EMPTY);
	status_set(STATUS_RECEIVED | STATUS_TRANSMIT_EMPTY);
	service();
	assert_int_equal(test.received, 1);
	assert_int_equal(*at(DATA), 16);
	assert_int_equal(*at(IER), ENABLE_TRANSMIT_EMPTY);
}

static void abort_gives_back_what_has_come(void **state)
{
	(void)state;
	struct buffer buffer = BUFFER_OVER(other_bytes);

	assert_int_equal(receive(&buffer, 20), ERROR_NONE);
	status_set(STATUS_RECEIVED);
	service();
	test.inside = true;
	uart_receive_abort(&test.driver.uart);
	uart_receive_abort(&test.driver.uart);
	test.inside = false;
	assert_int_equal(*at(IER), 0);
	service(); /* raised before */
	assert_int_equal(test.received, 0);
	deferred_run();
	assert_int_equal(test.received, 1);
	assert_int_equal(test.length, 16);
	assert_int_equal(test.status, ERROR_CANCEL);
	assert_ptr_equal(test.back.private_bytes, other_bytes);
	assert_int_equal(receive(&test.back, 1), ERROR_NONE);
	assert_int_equal(*at(IER), ENABLE_RECEIVED);
}

static void abort_of_nothing_is_nothing(void **state)
{
	(void)state;
	uart_receive_abort(&test.driver.uart);
	assert_int_equal(deferred_pending, 0);
}

static void panic_writer_gives_up_on_a_dead_port(void **state)
{
	(void)state;
	*at(LCR) = 0x83; /* a driver stopped halfway through init */
	panic_writer_write(&test.driver.panic_writer, SPAN_OF_TEXT("abc"));
	assert_int_equal(*at(DATA), 'c');
	assert_int_equal(*at(LCR), 0x03);
	status_set(0);
	panic_writer_write(&test.driver.panic_writer, SPAN_OF_TEXT("def"));
	assert_int_equal(*at(DATA), 'c');
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(init_programs_the_port, setup),
	    cmocka_unit_test_setup(refused_buffers_stay_with_the_caller, setup),
	    cmocka_unit_test_setup(transmit_only_asks_for_the_interrupt, setup),
	    cmocka_unit_test_setup(long_transmission_moves_sixteen_bytes_an_interrupt, setup),
	    cmocka_unit_test_setup(filled_fifo_is_left_alone, setup),
	    cmocka_unit_test_setup(next_transmission_from_inside_transmitted, setup),
	    cmocka_unit_test_setup(reception_takes_sixteen_bytes_an_interrupt, setup),
	    cmocka_unit_test_setup(damaged_bytes_are_dropped, setup),
	    cmocka_unit_test_setup(next_reception_from_inside_received, setup),
	    cmocka_unit_test_setup(both_ways_in_one_interrupt, setup),
	    cmocka_unit_test_setup(abort_gives_back_what_has_come, setup),
	    cmocka_unit_test_setup(abort_of_nothing_is_nothing, setup),
	    cmocka_unit_test_setup(panic_writer_gives_up_on_a_dead_port, setup),
	};

	return cmocka_run_group_tests_name("uart16550", tests, NULL, NULL);
}
