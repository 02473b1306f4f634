/* The LM3S I2C master, over registers that stand still while the test plays the controller: clauses M1 to M4 of
 * hil/i2c_master.h, I2, and what the part and QEMU do differently when nobody answers. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <chips/lm3s/i2c_master.h>
#include <cmocka.h>

/* Data sheet, "Register Map". */
enum offset {
	I2CMSA = 0x000,
	I2CMCS = 0x004,
	I2CMDR = 0x008,
	I2CMTPR = 0x00C,
	I2CMIMR = 0x010,
	I2CMRIS = 0x014,
	I2CMMIS = 0x018,
	I2CMICR = 0x01C,
	I2CMCR = 0x020,
};

/* I2CMCS, "Write-Only Control Register" and "Read-Only Status Register". */
enum {
	RUN = 1 << 0,
	START = 1 << 1,
	STOP = 1 << 2,
	ACKNOWLEDGE = 1 << 3,

	BUSY = 1 << 0,
	ERROR = 1 << 1,
	ADDRESS_REFUSED = 1 << 2,
	DATA_REFUSED = 1 << 3,
	ARBITRATION_LOST = 1 << 4,
	IDLE = 1 << 5,
	BUS_BUSY = 1 << 6,
};

enum {
	ADDRESS = 0x48,
	BYTES = 8,
};

struct listener {
	struct i2c_master_client client;
	struct buffer back;
	enum error_code status;
	uint32_t calls;
	bool again; /* starts the next transfer from inside the callback */
};

static union {
	struct lm3s_i2c_registers registers;
	uint32_t words[sizeof(struct lm3s_i2c_registers) / sizeof(uint32_t)];
} block;
static struct lm3s_i2c_master driver;
static struct listener listener;
static uint8_t bytes[BYTES];
static bool inside; /* a call of the driver, where no callback may come */
static bool deferred_pending;

static uint32_t *at(enum offset offset)
{
	return &block.words[offset / 4];
}

void deferred_call_set(struct deferred_call *self)
{
	assert_ptr_equal(self, &driver.deferred_call);
	deferred_pending = true;
}

static void deferred_run(void)
{
	assert_true(deferred_pending);
	deferred_pending = false;
	driver.deferred_call.private_operations->run(&driver.deferred_call);
}

static void listener_completed(struct listener *self, struct buffer buffer, enum error_code status)
{
	assert_false(inside);
	self->calls++;
	self->back = buffer;
	self->status = status;
	if (self->again) {
		self->again = false;
		assert_int_equal(i2c_master_write(&driver.i2c_master, ADDRESS + 1, &self->back, 1),
				 ERROR_NONE);
	}
}

I2C_MASTER_CLIENT_IMPLEMENT(listener, struct listener, client, .completed = listener_completed);

static int setup(void **state)
{
	(void)state;
	for (uint32_t word = 0; word < sizeof(block.words) / sizeof(uint32_t); word++) {
		block.words[word] = 0;
	}
	for (uint32_t i = 0; i < BYTES; i++) {
		bytes[i] = (uint8_t)(0xA0 + i);
	}
	driver = (struct lm3s_i2c_master){0};
	lm3s_i2c_master_init(&driver, &block.registers, 50000000);
	listener = (struct listener){.back = BUFFER_OVER(bytes)};
	i2c_master_client_bind(&listener.client, &listener_i2c_master_client_operations);
	i2c_master_set_client(&driver.i2c_master, &listener.client);
	deferred_pending = false;
	*at(I2CMCS) = IDLE;
	return 0;
}

static enum error_code start(uint32_t write_length, uint32_t read_length)
{
	inside = true;
	enum error_code error = i2c_master_write_read(&driver.i2c_master, ADDRESS, &listener.back,
						      write_length, read_length);
	inside = false;
	return error;
}

/* The controller is done with a command, which must have been this one. */
static void command_ends(uint32_t command, uint32_t status)
{
	assert_int_equal(*at(I2CMCS), command);
	*at(I2CMCS) = status;
	*at(I2CMICR) = 0;
	*at(I2CMRIS) = *at(I2CMMIS) = 1;
	interrupt_handler_service(&driver.interrupt);
	assert_int_equal(*at(I2CMICR), 1);
	*at(I2CMRIS) = *at(I2CMMIS) = 0;
}

static void writes_bytes(uint32_t length)
{
	for (uint32_t i = 0; i < length; i++) {
		assert_int_equal(listener.calls, 0);
		assert_int_equal(*at(I2CMSA), ADDRESS << 1);
		assert_int_equal(*at(I2CMDR), 0xA0 + i);
		uint32_t last = i + 1 == length ? STOP : ACKNOWLEDGE; /* which means nothing here */
		command_ends(RUN | (i == 0 ? START : 0) | last,
			     last == STOP ? IDLE : IDLE | BUS_BUSY);
	}
}

static void reads_bytes(uint32_t length)
{
	for (uint32_t i = 0; i < length; i++) {
		assert_int_equal(listener.calls, 0);
		assert_int_equal(*at(I2CMSA), ADDRESS << 1 | 1);
		*at(I2CMDR) = 0x50 + i;
		uint32_t last = i + 1 == length ? STOP : ACKNOWLEDGE;
		command_ends(RUN | (i == 0 ? START : 0) | last,
			     last == STOP ? IDLE : IDLE | BUS_BUSY);
	}
}

static void completes(enum error_code status)
{
	assert_int_equal(listener.calls, 1);
	assert_int_equal(listener.status, status);
	assert_int_equal(buffer_size(&listener.back), BYTES);
	listener.calls = 0;
}

static void sets_the_controller_up(void **state)
{
	const uint32_t clocks[][2] = {
	    {50000000, 24}, {20000000, 9}, {8000000, 3}, {8000001, 4}, {2000000, 0}};

	(void)state;
	assert_int_equal(*at(I2CMCR), 1 << 4);
	assert_int_equal(*at(I2CMIMR), 1);
	for (uint32_t i = 0; i < sizeof(clocks) / sizeof(clocks[0]); i++) {
		lm3s_i2c_master_init(&driver, &block.registers, clocks[i][0]);
		assert_int_equal(*at(I2CMTPR), clocks[i][1]);
	}
}

static void writes(void **state)
{
	(void)state;
	for (uint32_t length = 1; length <= BYTES; length++) {
		setup(NULL);
		assert_int_equal(start(length, 0), ERROR_NONE);
		assert_true(buffer_is_empty(&listener.back));
		writes_bytes(length);
		completes(ERROR_NONE);
		assert_int_equal(bytes[0], 0xA0);
	}
}

static void reads(void **state)
{
	(void)state;
	for (uint32_t length = 1; length <= BYTES; length++) {
		setup(NULL);
		assert_int_equal(start(0, length), ERROR_NONE);
		reads_bytes(length);
		completes(ERROR_NONE);
		for (uint32_t i = 0; i < BYTES; i++) {
			assert_int_equal(bytes[i], (i < length ? 0x50 : 0xA0) + i);
		}
	}
}

static void writes_and_then_reads(void **state)
{
	(void)state;
	assert_int_equal(start(3, 2), ERROR_NONE);
	deferred_run();
	writes_bytes(3);
	assert_true(deferred_pending); /* there may be nobody any more */
	deferred_run();
	reads_bytes(2);
	completes(ERROR_NONE);
	assert_int_equal(bytes[0], 0x50);
	assert_int_equal(bytes[1], 0x51);
	assert_int_equal(bytes[2], 0xA2);
}

/* No interrupt comes. */
static void nobody_answers_in_qemu(void **state)
{
	(void)state;
	for (uint32_t part = 0; part < 2; part++) {
		setup(NULL);
		assert_int_equal(start(1, 2), ERROR_NONE);
		if (part == 1) {
			writes_bytes(1);
		}
		assert_int_equal(listener.calls, 0);
		*at(I2CMCS) = IDLE | ARBITRATION_LOST | ERROR;
		deferred_run();
		completes(ERROR_NOACK);
	}
}

/* An interrupt comes, and the driver sends the STOP that was not in the command. */
static void refusals_end_the_transfer(void **state)
{
	(void)state;
	const uint32_t refusals[] = {ADDRESS_REFUSED, DATA_REFUSED};

	for (uint32_t i = 0; i < 2; i++) {
		setup(NULL);
		assert_int_equal(start(1, 0), ERROR_NONE);
		command_ends(RUN | START | STOP, IDLE | ERROR | refusals[i]);
		completes(ERROR_NOACK);
		assert_int_equal(*at(I2CMCS), IDLE | ERROR | refusals[i]);

		assert_int_equal(start(3, 2), ERROR_NONE);
		command_ends(RUN | START | ACKNOWLEDGE, IDLE | BUS_BUSY | ERROR | refusals[i]);
		completes(ERROR_NOACK);
		assert_int_equal(*at(I2CMCS), STOP);

		assert_int_equal(start(2, 2), ERROR_NONE);
		command_ends(RUN | START | ACKNOWLEDGE, IDLE | BUS_BUSY);
		command_ends(RUN | STOP, IDLE | ERROR | DATA_REFUSED);
		completes(ERROR_NOACK);
		assert_int_equal(*at(I2CMCS), IDLE | ERROR | DATA_REFUSED);
		deferred_run();
	}
	assert_int_equal(start(1, 0), ERROR_NONE);
	writes_bytes(0);
	assert_int_equal(*at(I2CMCS), RUN | START | STOP);
}

static void lost_bus_is_left_alone(void **state)
{
	(void)state;
	assert_int_equal(start(3, 0), ERROR_NONE);
	command_ends(RUN | START | ACKNOWLEDGE, BUS_BUSY | ERROR | ARBITRATION_LOST);
	completes(ERROR_RESERVE);
	assert_int_equal(*at(I2CMCS), BUS_BUSY | ERROR | ARBITRATION_LOST);
}

static void deferred_call_leaves_others_their_work(void **state)
{
	(void)state;
	/* The controller is at work, whatever the other bits still say. */
	assert_int_equal(start(2, 0), ERROR_NONE);
	*at(I2CMCS) = BUSY | ERROR | ADDRESS_REFUSED;
	deferred_run();
	assert_int_equal(listener.calls, 0);
	/* It has ended, and the interrupt is to come. */
	*at(I2CMCS) = IDLE | BUS_BUSY;
	*at(I2CMRIS) = 1;
	deferred_pending = true;
	deferred_run();
	assert_int_equal(listener.calls, 0);
	*at(I2CMCS) = RUN | START | ACKNOWLEDGE;
	writes_bytes(2);
	completes(ERROR_NONE);
	/* All is over. */
	deferred_pending = true;
	deferred_run();
	assert_int_equal(listener.calls, 0);
}

static void interrupts_of_nothing_are_passed_over(void **state)
{
	(void)state;
	command_ends(IDLE, IDLE);
	assert_int_equal(*at(I2CMCS), IDLE);
	assert_int_equal(start(2, 0), ERROR_NONE);
	*at(I2CMMIS) = 0; /* the one that a STOP raised, seen too late */
	interrupt_handler_service(&driver.interrupt);
	writes_bytes(2);
	completes(ERROR_NONE);
}

static void refuses_what_cannot_be_done(void **state)
{
	(void)state;
	assert_int_equal(start(0, 0), ERROR_SIZE);
	assert_int_equal(start(BYTES + 1, 0), ERROR_SIZE);
	assert_int_equal(start(0, BYTES + 1), ERROR_SIZE);
	assert_int_equal(start(1, UINT32_MAX), ERROR_SIZE);
	assert_int_equal(i2c_master_read(&driver.i2c_master, 0x80, &listener.back, 1), ERROR_INVAL);
	assert_int_equal(buffer_size(&listener.back), BYTES);
	assert_int_equal(*at(I2CMCS), IDLE);
	assert_false(deferred_pending);

	struct buffer other = BUFFER_OVER(bytes);

	assert_int_equal(start(2, 0), ERROR_NONE);
	assert_int_equal(i2c_master_write(&driver.i2c_master, ADDRESS, &other, 1), ERROR_BUSY);
	assert_int_equal(buffer_size(&other), BYTES);
	writes_bytes(2);
	completes(ERROR_NONE);
}

static void next_is_started_from_inside_the_callback(void **state)
{
	(void)state;
	listener.again = true;
	assert_int_equal(start(1, 0), ERROR_NONE);
	command_ends(RUN | START | STOP, IDLE);
	assert_int_equal(listener.calls, 1);
	assert_true(buffer_is_empty(&listener.back));
	assert_int_equal(*at(I2CMSA), (ADDRESS + 1) << 1);
	command_ends(RUN | START | STOP, IDLE);
	assert_int_equal(listener.calls, 2);
	assert_int_equal(buffer_size(&listener.back), BYTES);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(sets_the_controller_up, setup),
	    cmocka_unit_test_setup(writes, setup),
	    cmocka_unit_test_setup(reads, setup),
	    cmocka_unit_test_setup(writes_and_then_reads, setup),
	    cmocka_unit_test_setup(nobody_answers_in_qemu, setup),
	    cmocka_unit_test_setup(refusals_end_the_transfer, setup),
	    cmocka_unit_test_setup(lost_bus_is_left_alone, setup),
	    cmocka_unit_test_setup(deferred_call_leaves_others_their_work, setup),
	    cmocka_unit_test_setup(interrupts_of_nothing_are_passed_over, setup),
	    cmocka_unit_test_setup(refuses_what_cannot_be_done, setup),
	    cmocka_unit_test_setup(next_is_started_from_inside_the_callback, setup),
	};

	return cmocka_run_group_tests_name("i2c_master", tests, NULL, NULL);
}
