/* Who runs, in which order, and when the slice timer does. */

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void assert_running(uint32_t slot)
{
	assert_ptr_equal(RUNNING, fixture_process(slot));
}

static void sleep_running(void)
{
	fixture_call(YIELD, 1, 0, 0, 0);
}

/* All four sleep, with upcall 0 registered. */
static void start_four_asleep(void)
{
	fixture_start_apps(4);
	for (uint32_t i = 0; i < 4; i++) {
		fixture_call(SUBSCRIBE, TALKER, 0, RUNNING->flash_app, 0);
		sleep_running();
	}
	assert_null(RUNNING);
}

static void wake(uint32_t slot)
{
	fixture_event(fixture_process(slot)->id, 0, 0, 0, 0);
}

static void processes_start_in_the_order_of_flash(void **state)
{
	(void)state;
	fixture_start_apps(4);
	for (uint32_t i = 0; i < 4; i++) {
		assert_running(i);
		sleep_running();
	}
	assert_null(RUNNING);
}

static void an_empty_board_sleeps(void **state)
{
	(void)state;
	fixture_start();
	assert_null(RUNNING);
	assert_null(kernel_next());
	assert_null(kernel_next());
	assert_int_equal(fixture.slice_starts, 0);
}

static void expired_slices_go_round(void **state)
{
	(void)state;
	fixture_start_apps(3);
	for (uint32_t i = 0; i < 9; i++) {
		assert_running(i % 3);
		fixture_slice_expires();
	}
	for (uint32_t i = 0; i < 3; i++) {
		assert_int_equal(fixture_describe(i).slices_expired, 3);
	}
	assert_int_equal(fixture.slice_starts, 10);
	assert_int_equal(fixture.slice_microseconds, 10000);
}

static void who_wakes_goes_to_the_end(void **state)
{
	(void)state;
	start_four_asleep();
	wake(2);
	assert_running(2);
	wake(0);
	wake(3);
	wake(1);
	assert_running(2);
	sleep_running();
	assert_running(0);
	fixture_slice_expires();
	assert_running(3);
	sleep_running();
	assert_running(1);
	sleep_running();
	assert_running(0);
	sleep_running();
	assert_null(RUNNING);
}

static void the_slice_timer_runs_only_while_processes_compete(void **state)
{
	(void)state;
	start_four_asleep();

	uint32_t starts = fixture.slice_starts;
	uint32_t stops = fixture.slice_stops;

	assert_false(fixture.slice_runs);
	wake(0); /* alone */
	assert_false(fixture.slice_runs);
	assert_int_equal(fixture.slice_starts, starts);
	wake(1);
	assert_true(fixture.slice_runs);
	assert_int_equal(fixture.slice_starts, starts + 1);
	wake(2); /* one more does not begin a new slice */
	fixture_call(COMMAND, TALKER, TALKER_DEFER, 0, 0);
	fixture_call(MEMOP, 1, 0, 0, 0);
	assert_int_equal(fixture.slice_starts, starts + 1);
	sleep_running();
	assert_running(1);
	assert_true(fixture.slice_runs);
	assert_int_equal(fixture.slice_starts, starts + 2);
	sleep_running();
	assert_running(2); /* alone again */
	assert_false(fixture.slice_runs);
	assert_int_equal(fixture.slice_stops, stops + 1);
	sleep_running();
	assert_int_equal(fixture.slice_starts, starts + 2);
	assert_int_equal(fixture.slice_stops, stops + 1);
}

static void a_slice_that_ends_with_nobody_waiting_changes_nothing(void **state)
{
	(void)state;
	fixture_start_apps(1);
	fixture_slice_expires();
	assert_running(0);
	assert_int_equal(fixture_describe(0).slices_expired, 0);
	assert_int_equal(fixture.slice_starts, 0);
}

/* The last competitor goes: the timer stops although the running process stays. */
static void the_timer_stops_when_a_competitor_is_removed(void **state)
{
	(void)state;
	fixture_start_apps(2);
	assert_true(fixture.slice_runs);
	process_end(fixture_process(1), PROCESS_TERMINATED);
	assert_non_null(kernel_next());
	fixture_check();
	assert_running(0);
	assert_false(fixture.slice_runs);
}

static void removal_works_at_every_place_of_the_queue(void **state)
{
	(void)state;
	for (uint32_t removed = 1; removed < 4; removed++) {
		fixture_teardown(NULL);
		fixture_setup(NULL);
		fixture_start_apps(4);
		process_end(fixture_process(removed), PROCESS_TERMINATED);
		kernel_next();
		fixture_check();
		fixture_slice_expires(); /* 0 goes to the end: the tail must be right */
		for (uint32_t i = 1; i < 4; i++) {
			if (i != removed) {
				assert_running(i);
				sleep_running();
			}
		}
		assert_running(0);
		sleep_running();
		assert_null(RUNNING);
	}
}

static void the_queue_survives_becoming_empty(void **state)
{
	(void)state;
	fixture_start_apps(2);
	process_end(fixture_process(1), PROCESS_TERMINATED);
	process_restart(fixture_process(1));
	kernel_next();
	fixture_check();
	assert_running(0);
	sleep_running();
	assert_running(1);
	fixture_call(EXIT, 1, 0, 0, 0);
	assert_running(1);
	fixture_call(EXIT, 1, 0, 0, 0);
	sleep_running();
	assert_null(RUNNING);
}

static void restarting_a_waiting_process_queues_it_once(void **state)
{
	(void)state;
	fixture_start_apps(3);
	process_restart(fixture_process(1));
	kernel_next();
	fixture_check();
	sleep_running();
	assert_running(2);
	sleep_running();
	assert_running(1);
	sleep_running();
	assert_null(RUNNING);
}

static void a_process_that_goes_on_is_returned_to_at_once(void **state)
{
	(void)state;
	fixture_start_apps(2);

	uint32_t writes = host_protection_writes();

	for (uint32_t i = 0; i < 10; i++) {
		fixture_call(COMMAND, TALKER, TALKER_EXISTS, 0, 0);
		fixture_call(YIELD, 0, 0, 0, 0);
		fixture_call(SUBSCRIBE, TALKER, 0, 0, 0);
	}
	assert_running(0);
	assert_int_equal(host_protection_writes(), writes);
	fixture_slice_expires();
	assert_int_equal(host_protection_writes(), writes + 1);
	fixture_slice_expires();
	assert_int_equal(host_protection_writes(), writes + 2);
}

static void waking_the_process_that_ran_last_writes_no_protection(void **state)
{
	(void)state;
	fixture_start_apps(1);
	fixture_call(SUBSCRIBE, TALKER, 0, RUNNING->flash_app, 0);

	uint32_t writes = host_protection_writes();

	for (uint32_t i = 0; i < 5; i++) {
		sleep_running();
		assert_null(RUNNING);
		wake(0);
		assert_running(0);
	}
	assert_int_equal(host_protection_writes(), writes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    FIXTURE_TEST(processes_start_in_the_order_of_flash),
	    FIXTURE_TEST(an_empty_board_sleeps),
	    FIXTURE_TEST(expired_slices_go_round),
	    FIXTURE_TEST(who_wakes_goes_to_the_end),
	    FIXTURE_TEST(the_slice_timer_runs_only_while_processes_compete),
	    FIXTURE_TEST(a_slice_that_ends_with_nobody_waiting_changes_nothing),
	    FIXTURE_TEST(the_timer_stops_when_a_competitor_is_removed),
	    FIXTURE_TEST(removal_works_at_every_place_of_the_queue),
	    FIXTURE_TEST(the_queue_survives_becoming_empty),
	    FIXTURE_TEST(restarting_a_waiting_process_queues_it_once),
	    FIXTURE_TEST(a_process_that_goes_on_is_returned_to_at_once),
	    FIXTURE_TEST(waking_the_process_that_ran_last_writes_no_protection),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
