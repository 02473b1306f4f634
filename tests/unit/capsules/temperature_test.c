/* System-call driver 0x60000: clauses T1 to T4. */

#include "fake_kernel.h"
#include <capsules/temperature.h>

enum {
	EXISTS = 0,
	READ = 1,
	MEASURED = 0,
};

struct fake_sensor {
	struct temperature_sensor sensor;
	bool is_measuring;
	enum error_code refuse;
	uint32_t readings;
};

static struct fake_sensor sensor;
static struct temperature_driver driver;
static struct process_id ids[FAKE_PROCESSES];

static enum error_code sensor_read(struct fake_sensor *self)
{
	if (self->is_measuring) {
		return ERROR_BUSY;
	}
	if (self->refuse != ERROR_NONE) {
		return self->refuse;
	}
	self->is_measuring = true;
	self->readings++;
	return ERROR_NONE;
}

TEMPERATURE_SENSOR_IMPLEMENT(fake, struct fake_sensor, sensor, .read = sensor_read);

static int setup(void **state)
{
	(void)state;
	fake_kernel_reset();
	for (uint32_t i = 0; i < FAKE_PROCESSES; i++) {
		ids[i] = fake_process_start(i);
	}
	sensor = (struct fake_sensor){0};
	temperature_sensor_bind(&sensor.sensor, &fake_temperature_sensor_operations);
	temperature_driver_init(&driver, &sensor.sensor);
	return 0;
}

static struct fake_answer command(uint32_t slot, uint32_t number)
{
	return fake_command(&driver.driver, ids[slot], number, 17, 18);
}

static void sensor_ends(int32_t hundredths, enum error_code status)
{
	assert_true(sensor.is_measuring);
	sensor.is_measuring = false;
	temperature_sensor_measured(&sensor.sensor, hundredths, status);
}

static void who_asks_is_told(void **state)
{
	const int32_t temperatures[] = {2150, 0, -1, -5500, 12794};

	(void)state;
	EXPECT_SUCCESS(command(0, EXISTS));
	assert_null(fake_processes[0].grant);
	for (uint32_t i = 0; i < ARRAY_LENGTH(temperatures); i++) {
		EXPECT_SUCCESS(command(0, READ));
		fake_expect_no_upcall(0);
		sensor_ends(temperatures[i], ERROR_NONE);
		fake_expect_upcall(0, MEASURED, (uint32_t)temperatures[i], 0, 0);
		assert_int_equal(sensor.readings, i + 1);
	}
	fake_expect_no_upcall(1);
}

static void one_measurement_is_for_all_who_ask(void **state)
{
	(void)state;
	EXPECT_SUCCESS(command(0, READ));
	EXPECT_SUCCESS(command(2, READ));
	EXPECT_SUCCESS(command(0, READ));
	assert_int_equal(sensor.readings, 1);
	sensor_ends(-50, ERROR_NONE);
	fake_expect_upcall(0, MEASURED, (uint32_t)-50, 0, 0);
	fake_expect_no_upcall(1);
	fake_expect_upcall(2, MEASURED, (uint32_t)-50, 0, 0);
	/* Answered once: the next is for others. */
	EXPECT_SUCCESS(command(1, READ));
	sensor_ends(100, ERROR_NONE);
	fake_expect_no_upcall(0);
	fake_expect_upcall(1, MEASURED, 100, 0, 0);
	fake_expect_no_upcall(2);
}

static void failed_measurement_is_no_temperature(void **state)
{
	(void)state;
	EXPECT_SUCCESS(command(0, READ));
	EXPECT_SUCCESS(command(1, READ));
	sensor_ends(2150, ERROR_NOACK);
	fake_expect_upcall(0, MEASURED, 0x80000000, ERROR_NOACK, 0);
	fake_expect_upcall(1, MEASURED, 0x80000000, ERROR_NOACK, 0);
	EXPECT_SUCCESS(command(1, READ));
	sensor_ends(2150, ERROR_NONE);
	fake_expect_no_upcall(0);
	fake_expect_upcall(1, MEASURED, 2150, 0, 0);
}

static void measurement_that_cannot_begin_keeps_nobody_waiting(void **state)
{
	(void)state;
	sensor.refuse = ERROR_OFF;
	EXPECT_FAILURE(command(0, READ), ERROR_OFF);
	sensor.refuse = ERROR_NONE;
	EXPECT_SUCCESS(command(1, READ));
	sensor_ends(1, ERROR_NONE);
	fake_expect_no_upcall(0);
	fake_expect_upcall(1, MEASURED, 1, 0, 0);
}

static void an_ended_process_is_not_told(void **state)
{
	(void)state;
	EXPECT_SUCCESS(command(0, READ));
	EXPECT_SUCCESS(command(1, READ));
	fake_process_end(0);
	ids[0] = fake_process_start(0);
	fake_process_end(1);
	sensor_ends(1, ERROR_NONE);
	fake_expect_no_upcall(0);
	EXPECT_SUCCESS(command(0, READ));
	sensor_ends(2, ERROR_NONE);
	fake_expect_upcall(0, MEASURED, 2, 0, 0);
}

static void a_full_queue_stops_nobody(void **state)
{
	(void)state;
	EXPECT_SUCCESS(command(0, READ));
	EXPECT_SUCCESS(command(1, READ));
	fake_processes[0].queue_is_full = true;
	sensor_ends(1, ERROR_NONE);
	fake_processes[0].queue_is_full = false;
	fake_expect_no_upcall(0);
	fake_expect_upcall(1, MEASURED, 1, 0, 0);
	EXPECT_SUCCESS(command(0, READ));
	sensor_ends(2, ERROR_NONE);
	fake_expect_upcall(0, MEASURED, 2, 0, 0);
}

static void refuses_who_has_no_memory(void **state)
{
	(void)state;
	fake_processes[0].has_no_memory = true;
	EXPECT_FAILURE(command(0, READ), ERROR_NOMEM);
	assert_int_equal(sensor.readings, 0);
	EXPECT_FAILURE(command(1, READ + 1), ERROR_NOSUPPORT);
	EXPECT_FAILURE(command(1, UINT32_MAX), ERROR_NOSUPPORT);
	assert_null(fake_processes[1].grant);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(who_asks_is_told, setup),
	    cmocka_unit_test_setup(one_measurement_is_for_all_who_ask, setup),
	    cmocka_unit_test_setup(failed_measurement_is_no_temperature, setup),
	    cmocka_unit_test_setup(measurement_that_cannot_begin_keeps_nobody_waiting, setup),
	    cmocka_unit_test_setup(an_ended_process_is_not_told, setup),
	    cmocka_unit_test_setup(a_full_queue_stops_nobody, setup),
	    cmocka_unit_test_setup(refuses_who_has_no_memory, setup),
	};

	return cmocka_run_group_tests_name("temperature", tests, NULL, NULL);
}
