/* System-call driver 0x0: clauses L1 to L3 and the numbers applications rely on. */

#include "fake_kernel.h"
#include <capsules/alarm.h>
#include <capsules/virtual_alarm.h>

enum {
	EXISTS = 0,
	FREQUENCY = 1,
	NOW = 2,
	STOP = 3,
	SET_RELATIVE = 5,
	SET_ABSOLUTE = 6,
	STEPS = 200000,
};

static struct fake_alarm hardware;
static struct alarm_driver alarm_driver;
static struct process_id ids[FAKE_PROCESSES];

static void start(uint64_t now)
{
	fake_kernel_reset();
	fake_alarm_init(&hardware, now);
	alarm_driver_init(&alarm_driver, &hardware.alarm);
	for (uint32_t i = 0; i < FAKE_PROCESSES; i++) {
		ids[i] = fake_process_start(i);
	}
}

static struct fake_answer command(uint32_t slot, uint32_t number, uint32_t argument1,
				  uint32_t argument2)
{
	return fake_command(&alarm_driver.driver, ids[slot], number, argument1, argument2);
}

static void answers_simple_commands(void **state)
{
	(void)state;
	start(0x5fffffff0ull);
	EXPECT_SUCCESS(command(0, EXISTS, 1, 2));
	EXPECT_VALUE(command(0, FREQUENCY, 0, 0), 1000000);
	EXPECT_VALUE(command(0, NOW, 0, 0), 0xfffffff0);
	EXPECT_FAILURE(command(0, 4, 0, 0), ERROR_NOSUPPORT);
	EXPECT_FAILURE(command(0, 7, 0, 0), ERROR_NOSUPPORT);
	EXPECT_FAILURE(command(0, UINT32_MAX, 0, 0), ERROR_NOSUPPORT);
	assert_int_equal(hardware.sets, 0);
}

static void relative_alarm_over_the_wrap(void **state)
{
	(void)state;
	start(0xfffffff0);
	EXPECT_VALUE(command(0, SET_RELATIVE, 0x30, 0), 0x20);
	fake_alarm_advance(&hardware, 0x2f, 0);
	fake_expect_no_upcall(0);
	fake_alarm_advance(&hardware, 1, 5);
	fake_expect_upcall(0, 0, 0x25, 0x20, 0);
	assert_false(hardware.is_armed);
	fake_alarm_advance(&hardware, 1ull << 33, 0);
	fake_expect_no_upcall(0);
}

static void absolute_alarm_counts_from_its_reference(void **state)
{
	(void)state;
	start(1000);
	EXPECT_VALUE(command(0, SET_ABSOLUTE, 900, 150), 1050);
	fake_alarm_advance(&hardware, 49, 0);
	fake_expect_no_upcall(0);
	fake_alarm_advance(&hardware, 1, 0);
	fake_expect_upcall(0, 0, 1050, 1050, 0);
}

static void past_moments_come_soon_but_not_inside_the_command(void **state)
{
	(void)state;
	start(1000);
	EXPECT_VALUE(command(0, SET_RELATIVE, 0, 0), 1000);
	EXPECT_VALUE(command(1, SET_ABSOLUTE, 500, 500), 1000);
	EXPECT_VALUE(command(2, SET_ABSOLUTE, 500, 3), 503);
	/* A reference ahead of now is one almost a whole wrap ago. */
	EXPECT_VALUE(command(3, SET_ABSOLUTE, 1001, 10), 1011);
	for (uint32_t i = 0; i < FAKE_PROCESSES; i++) {
		fake_expect_no_upcall(i);
	}
	fake_alarm_advance(&hardware, 0, 0);
	fake_expect_upcall(0, 0, 1000, 1000, 0);
	fake_expect_upcall(1, 0, 1000, 1000, 0);
	fake_expect_upcall(2, 0, 1000, 503, 0);
	fake_expect_upcall(3, 0, 1000, 1011, 0);
}

static void longest_time_fires_on_the_tick(void **state)
{
	(void)state;
	start(77);
	EXPECT_VALUE(command(0, SET_RELATIVE, UINT32_MAX, 0), 76);
	fake_alarm_advance(&hardware, UINT32_MAX - 1ull, 0);
	fake_expect_no_upcall(0);
	fake_alarm_advance(&hardware, 1, 0);
	fake_expect_upcall(0, 0, 76, 76, 0);
}

static void late_hardware_loses_nothing(void **state)
{
	(void)state;
	start(0);
	command(0, SET_RELATIVE, UINT32_MAX, 0);
	fake_alarm_advance(&hardware, UINT32_MAX / 4, UINT32_MAX / 2);
	fake_expect_no_upcall(0);
	fake_alarm_advance(&hardware, UINT32_MAX - hardware.now, 0);
	fake_expect_upcall(0, 0, UINT32_MAX, UINT32_MAX, 0);
}

static void stop_stops(void **state)
{
	(void)state;
	start(0);
	EXPECT_FAILURE(command(0, STOP, 0, 0), ERROR_ALREADY);
	command(0, SET_RELATIVE, 10, 0);
	command(1, SET_RELATIVE, 20, 0);
	EXPECT_SUCCESS(command(0, STOP, 0, 0));
	EXPECT_FAILURE(command(0, STOP, 0, 0), ERROR_ALREADY);
	fake_alarm_advance(&hardware, 100, 0);
	fake_expect_no_upcall(0);
	fake_expect_upcall(1, 0, 20, 20, 0);
	EXPECT_FAILURE(command(1, STOP, 0, 0), ERROR_ALREADY);
}

static void new_set_replaces_the_old(void **state)
{
	(void)state;
	start(0);
	command(0, SET_RELATIVE, 10, 0);
	command(0, SET_RELATIVE, 50, 0);
	fake_alarm_advance(&hardware, 49, 0);
	fake_expect_no_upcall(0);
	command(0, SET_RELATIVE, 5, 0);
	fake_alarm_advance(&hardware, 5, 0);
	fake_expect_upcall(0, 0, 54, 54, 0);
	fake_alarm_advance(&hardware, 100, 0);
	fake_expect_no_upcall(0);
}

static void equal_moments_all_come(void **state)
{
	(void)state;
	start(100);
	for (uint32_t i = 0; i < FAKE_PROCESSES; i++) {
		EXPECT_VALUE(command(i, SET_ABSOLUTE, 100 - i, 50 + i), 150);
	}
	fake_alarm_advance(&hardware, 50, 0);
	for (uint32_t i = 0; i < FAKE_PROCESSES; i++) {
		fake_expect_upcall(i, 0, 150, 150, 0);
	}
}

static void process_that_ends_takes_its_alarm_with_it(void **state)
{
	(void)state;
	start(0);
	command(0, SET_RELATIVE, 10, 0);
	command(1, SET_RELATIVE, 20, 0);
	fake_process_end(0);
	ids[0] = fake_process_start(0);
	fake_alarm_advance(&hardware, 15, 0);
	fake_expect_no_upcall(0);
	EXPECT_FAILURE(command(0, STOP, 0, 0), ERROR_ALREADY);
	fake_process_end(1);
	fake_alarm_advance(&hardware, 15, 0);
	assert_false(hardware.is_armed); /* L3 */
}

static void without_memory_there_is_no_alarm(void **state)
{
	(void)state;
	start(0);
	fake_processes[0].has_no_memory = true;
	EXPECT_FAILURE(command(0, SET_RELATIVE, 10, 0), ERROR_NOMEM);
	EXPECT_FAILURE(command(0, SET_ABSOLUTE, 10, 0), ERROR_NOMEM);
	EXPECT_FAILURE(command(0, STOP, 0, 0), ERROR_NOMEM);
	assert_false(hardware.is_armed);
}

static void full_queue_costs_only_its_own_upcall(void **state)
{
	(void)state;
	start(0);
	command(0, SET_RELATIVE, 10, 0);
	command(1, SET_RELATIVE, 10, 0);
	fake_processes[0].queue_is_full = true;
	fake_alarm_advance(&hardware, 10, 0);
	fake_expect_upcall(1, 0, 10, 10, 0);
	EXPECT_FAILURE(command(0, STOP, 0, 0), ERROR_ALREADY);
}

/* The same over a virtual alarm, as boards wire it. */
static void works_over_a_virtual_alarm(void **state)
{
	static struct virtual_alarm_mux mux;
	static struct virtual_alarm below;

	(void)state;
	start(5);
	virtual_alarm_mux_init(&mux, &hardware.alarm);
	virtual_alarm_init(&below, &mux);
	alarm_driver_init(&alarm_driver, &below.alarm);
	EXPECT_VALUE(command(0, SET_RELATIVE, UINT32_MAX, 0), 4);
	EXPECT_VALUE(command(1, SET_RELATIVE, 100, 0), 105);
	fake_alarm_advance(&hardware, 100, 0);
	fake_expect_upcall(1, 0, 105, 105, 0);
	fake_alarm_advance(&hardware, UINT32_MAX - 100ull, 0);
	fake_expect_upcall(0, 0, 4, 4, 0);
	assert_false(hardware.is_armed);
}

struct model {
	bool is_armed;
	uint64_t moment;
};

static void model_set(struct model *model, uint32_t slot, uint64_t *random)
{
	static const uint32_t limits[] = {2, 1000, 100000, UINT32_MAX, UINT32_MAX};
	uint32_t dt = fake_random(random) % limits[fake_random(random) % 5];
	uint32_t reference = (uint32_t)hardware.now;

	if (fake_random(random) % 2 == 0) {
		EXPECT_VALUE(command(slot, SET_RELATIVE, dt, 0), reference + dt);
	} else {
		reference -= fake_random(random) % 100000;
		EXPECT_VALUE(command(slot, SET_ABSOLUTE, reference, dt), reference + dt);
	}
	*model = (struct model){true, fake_alarm_moment(&hardware, reference, dt)};
}

static void expect_model(struct model *model, uint32_t slot)
{
	if (model->is_armed && model->moment <= hardware.now) {
		assert_int_equal(fake_processes[slot].upcall_count, 1);
		fake_expect_upcall(slot, 0, fake_processes[slot].upcalls[0].arguments[0],
				   (uint32_t)model->moment, 0);
		model->is_armed = false;
	}
	fake_expect_no_upcall(slot);
}

/* Lives end, and new ones begin in their slots at once or later; the old one's turn is still to come. */
static void model_end(struct model *model, uint32_t slot, uint64_t *random)
{
	model->is_armed = false;
	if (fake_processes[slot].is_alive) {
		fake_process_end(slot);
	}
	if (fake_random(random) % 2 == 0) {
		ids[slot] = fake_process_start(slot);
	}
}

static void agrees_with_model(void **state)
{
	struct model models[FAKE_PROCESSES] = {0};
	uint64_t random = 0xabcdef;
	uint32_t fired = 0;

	(void)state;
	start(0xffff0000);
	for (uint32_t step = 0; step < STEPS; step++) {
		uint32_t slot = fake_random(&random) % FAKE_PROCESSES;
		uint32_t choice = fake_random(&random) % 16;

		if (choice == 0 || !fake_processes[slot].is_alive) {
			model_end(&models[slot], slot, &random);
		} else if (choice < 3) {
			assert_int_equal(command(slot, STOP, 0, 0).variant,
					 models[slot].is_armed ? RETURN_SUCCESS : RETURN_FAILURE);
			models[slot].is_armed = false;
		} else if (choice < 8) {
			model_set(&models[slot], slot, &random);
		}
		fake_alarm_advance(&hardware,
				   fake_random(&random) % (choice == 9 ? UINT32_MAX : 50000),
				   choice == 10 ? fake_random(&random) % (UINT32_MAX / 2) : 0);
		for (uint32_t i = 0; i < FAKE_PROCESSES; i++) {
			fired += fake_processes[i].upcall_count;
			expect_model(&models[i], i);
		}
	}
	assert_true(fired > 10000);
	assert_true(hardware.now >> 32 > 1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(answers_simple_commands),
	    cmocka_unit_test(relative_alarm_over_the_wrap),
	    cmocka_unit_test(absolute_alarm_counts_from_its_reference),
	    cmocka_unit_test(past_moments_come_soon_but_not_inside_the_command),
	    cmocka_unit_test(longest_time_fires_on_the_tick),
	    cmocka_unit_test(late_hardware_loses_nothing),
	    cmocka_unit_test(stop_stops),
	    cmocka_unit_test(new_set_replaces_the_old),
	    cmocka_unit_test(equal_moments_all_come),
	    cmocka_unit_test(process_that_ends_takes_its_alarm_with_it),
	    cmocka_unit_test(without_memory_there_is_no_alarm),
	    cmocka_unit_test(full_queue_costs_only_its_own_upcall),
	    cmocka_unit_test(works_over_a_virtual_alarm),
	    cmocka_unit_test(agrees_with_model),
	};

	return cmocka_run_group_tests_name("alarm", tests, NULL, NULL);
}
