/* The LM75 family: clauses L1 to L3, and H1 to H3 of hil/temperature_sensor.h, over a bus that the test plays. */

#include "fake_kernel.h"
#include <capsules/lm75.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

/* TMP105 data sheet, "Register Map". */
enum {
	TEMPERATURE = 0,
	CONFIGURATION = 1,
};

struct fake_i2c {
	struct i2c_master i2c_master;
	struct buffer buffer;
	uint32_t address, write_length, read_length;
	enum error_code refuse; /* the next transfer is not begun */
};

struct reader {
	struct temperature_client client;
	uint32_t calls;
	int32_t hundredths;
	enum error_code status;
	bool again; /* reads from inside the callback */
};

static struct fake_i2c bus;
static struct reader reader;
static struct lm75 lm75;
static uint8_t bytes[LM75_BUFFER];
static bool inside;

static enum error_code bus_transfer(struct fake_i2c *self, uint32_t address, struct buffer *buffer,
				    uint32_t write_length, uint32_t read_length)
{
	if (self->refuse != ERROR_NONE) {
		return self->refuse;
	}
	assert_true(buffer_is_empty(&self->buffer));
	self->buffer = buffer_take(buffer);
	self->address = address;
	self->write_length = write_length;
	self->read_length = read_length;
	return ERROR_NONE;
}

I2C_MASTER_IMPLEMENT(fake, struct fake_i2c, i2c_master, .transfer = bus_transfer);

static void reader_measured(struct reader *self, int32_t value, enum error_code status)
{
	assert_false(inside);
	self->calls++;
	self->hundredths = value;
	self->status = status;
	if (self->again) {
		self->again = false;
		assert_int_equal(temperature_sensor_read(&lm75.sensor), ERROR_NONE);
	}
}

TEMPERATURE_CLIENT_IMPLEMENT(reader, struct reader, client, .measured = reader_measured);

static void start(uint32_t bits)
{
	struct buffer buffer = BUFFER_OVER(bytes);

	bus = (struct fake_i2c){0};
	i2c_master_bind(&bus.i2c_master, &fake_i2c_master_operations);
	lm75 = (struct lm75){0};
	lm75_init(&lm75, &bus.i2c_master, LM75_ADDRESS + 3, bits, &buffer);
	assert_true(buffer_is_empty(&buffer));
	reader = (struct reader){0};
	temperature_client_bind(&reader.client, &reader_temperature_client_operations);
	temperature_sensor_set_client(&lm75.sensor, &reader.client);
}

static enum error_code ask(void)
{
	inside = true;
	enum error_code error = temperature_sensor_read(&lm75.sensor);
	inside = false;
	return error;
}

static void bus_ends(enum error_code status)
{
	struct buffer buffer = buffer_take(&bus.buffer);

	assert_int_equal(buffer_size(&buffer), LM75_BUFFER);
	assert_int_equal(bus.address, LM75_ADDRESS + 3);
	i2c_master_completed(&bus.i2c_master, buffer, status);
}

/* What is on the bus is the set-up for so many bits. */
static void expect_set_up(uint32_t configuration)
{
	assert_int_equal(bus.write_length, 2);
	assert_int_equal(bus.read_length, 0);
	assert_int_equal(bytes[0], CONFIGURATION);
	assert_int_equal(bytes[1], configuration);
	assert_int_equal(reader.calls, 0);
}

static void expect_reading(void)
{
	assert_int_equal(bus.write_length, 1);
	assert_int_equal(bus.read_length, 2);
	assert_int_equal(bytes[0], TEMPERATURE);
	assert_int_equal(reader.calls, 0);
}

static void sensor_says(uint32_t word)
{
	bytes[0] = (uint8_t)(word >> 8);
	bytes[1] = (uint8_t)word;
	bus_ends(ERROR_NONE);
}

static void expect_measured(int32_t hundredths)
{
	assert_int_equal(reader.calls, 1);
	assert_int_equal(reader.status, ERROR_NONE);
	assert_int_equal(reader.hundredths, hundredths);
	reader.calls = 0;
}

static void expect_failed(enum error_code status)
{
	assert_int_equal(reader.calls, 1);
	assert_int_equal(reader.status, status);
	reader.calls = 0;
}

/* Sets up once, then reads. */
static void is_set_up_first(void **state)
{
	const uint32_t configurations[] = {0x00, 0x20, 0x40, 0x60};

	(void)state;
	for (uint32_t bits = LM75_BITS_MIN; bits <= LM75_BITS_MAX; bits++) {
		start(bits);
		assert_int_equal(ask(), ERROR_NONE);
		expect_set_up(configurations[bits - LM75_BITS_MIN]);
		bus_ends(ERROR_NONE);
		expect_reading();
		sensor_says(0x1900);
		expect_measured(2500);
		for (uint32_t i = 0; i < 3; i++) {
			assert_int_equal(ask(), ERROR_NONE);
			expect_reading();
			sensor_says(0x1900 + 0x100 * i);
			expect_measured(2500 + 100 * (int32_t)i);
		}
	}
}

/* Each word that a sensor can say, against another way of computing. */
static void words_become_hundredths(void **state)
{
	(void)state;
	for (uint32_t bits = LM75_BITS_MIN; bits <= LM75_BITS_MAX; bits++) {
		start(bits);
		assert_int_equal(ask(), ERROR_NONE);
		bus_ends(ERROR_NONE);
		sensor_says(0);
		expect_measured(0);
		int32_t steps = 1 << (bits - 8); /* in a degree */

		for (int32_t step = -128 * steps; step < 128 * steps; step++) {
			int32_t twice = step * 200 / steps; /* of hundredths, towards 0 */
			int32_t rounded = (twice + (step < 0 ? -1 : 1)) / 2;
			uint32_t word = (uint32_t)step << (16 - bits);

			assert_int_equal(ask(), ERROR_NONE);
			/* And something behind the bits there are. */
			sensor_says(word | ((uint32_t)step * 7 & ((1u << (16 - bits)) - 1)));
			expect_measured(rounded);
		}
	}
	/* TMP105 data sheet, "Temperature Data Format". */
	const struct {
		uint32_t word;
		int32_t hundredths;
	} examples[] = {{0x7FF0, 12794}, {0x6400, 10000}, {0x4B00, 7500},  {0x1900, 2500},
			{0x0040, 25},    {0xFFC0, -25},   {0xE700, -2500}, {0xC900, -5500}};

	for (uint32_t i = 0; i < ARRAY_LENGTH(examples); i++) {
		assert_int_equal(ask(), ERROR_NONE);
		sensor_says(examples[i].word);
		expect_measured(examples[i].hundredths);
	}
}

static void one_reading_at_a_time(void **state)
{
	(void)state;
	start(12);
	assert_int_equal(ask(), ERROR_NONE);
	assert_int_equal(ask(), ERROR_BUSY);
	bus_ends(ERROR_NONE);
	assert_int_equal(ask(), ERROR_BUSY);
	expect_reading();
	sensor_says(0x0100);
	expect_measured(100);
	reader.again = true;
	assert_int_equal(ask(), ERROR_NONE);
	sensor_says(0x0200);
	expect_measured(200);
	expect_reading();
	sensor_says(0x0300);
	expect_measured(300);
}

/* Whatever fails, and however: told once, and the next reading sets up again. */
static void failures_are_told(void **state)
{
	const enum error_code statuses[] = {ERROR_NOACK, ERROR_RESERVE};

	(void)state;
	start(12);
	for (uint32_t i = 0; i < 2; i++) {
		assert_int_equal(ask(), ERROR_NONE);
		expect_set_up(0x60);
		bus_ends(statuses[i]);
		expect_failed(statuses[i]);

		assert_int_equal(ask(), ERROR_NONE);
		expect_set_up(0x60);
		bus_ends(ERROR_NONE);
		expect_reading();
		bus_ends(statuses[i]);
		expect_failed(statuses[i]);

		assert_int_equal(ask(), ERROR_NONE);
		expect_set_up(0x60);
		bus.refuse = ERROR_FAIL; /* the transfer behind it */
		bus_ends(ERROR_NONE);
		expect_failed(ERROR_FAIL);
		assert_int_equal(ask(), ERROR_FAIL);
		assert_int_equal(reader.calls, 0);
		bus.refuse = ERROR_NONE;
	}
}

static void dies_of(void (*mistake)(void))
{
	pid_t child = fork();
	int status = 0;

	if (child == 0) {
		(void)signal(SIGILL, SIG_DFL); /* cmocka catches it */
		mistake();
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
}

static void too_few_bits(void)
{
	start(LM75_BITS_MIN - 1);
}

static void too_many_bits(void)
{
	start(LM75_BITS_MAX + 1);
}

static void small_buffer(void)
{
	struct buffer buffer = {bytes, LM75_BUFFER - 1};

	lm75_init(&lm75, &bus.i2c_master, LM75_ADDRESS, LM75_BITS_MIN, &buffer);
}

static void mistakes_of_the_board_trap(void **state)
{
	(void)state;
	dies_of(too_few_bits);
	dies_of(too_many_bits);
	dies_of(small_buffer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(is_set_up_first),
	    cmocka_unit_test(words_become_hundredths),
	    cmocka_unit_test(one_reading_at_a_time),
	    cmocka_unit_test(failures_are_told),
	    cmocka_unit_test(mistakes_of_the_board_trap),
	};

	return cmocka_run_group_tests_name("lm75", tests, NULL, NULL);
}
