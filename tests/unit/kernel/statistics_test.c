/* Who is charged for time, and what is counted. */

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const struct process_inspect_capability inspect;

static struct kernel_statistics statistics(void)
{
	struct kernel_statistics now;

	kernel_statistics_read(&inspect, &now);
	return now;
}

static uint64_t ran(uint32_t slot)
{
	return fixture_describe(slot).run_ticks;
}

static void sleep_running(void)
{
	fixture_call(SUBSCRIBE, TALKER, 0, RUNNING->flash_app, 0);
	fixture_call(YIELD, 1, 0, 0, 0);
}

static void time_goes_to_who_had_the_processor(void **state)
{
	(void)state;
	fixture.ticks = 1000000; /* before the kernel started: nobody's */
	fixture_start_apps(2);
	fixture.ticks += 10;
	fixture_slice_expires(); /* 0 had 10 */
	fixture.ticks += 0x500000003;
	fixture_call(COMMAND, TALKER, TALKER_EXISTS, 0, 0);
	assert_true(ran(0) == 10);
	assert_true(ran(1) == 0x500000003); /* until now, while it runs */
	sleep_running();
	fixture.ticks += 5;
	sleep_running();
	assert_null(RUNNING);
	fixture.ticks += 100;
	assert_true(statistics().sleep_ticks == 100);
	fixture.ticks += 100;
	fixture_event(fixture_process(1)->id, 0, 0, 0, 0);
	fixture.ticks += 7;

	struct kernel_statistics now = statistics();

	assert_true(ran(0) == 15);
	assert_true(ran(1) == 0x50000000a);
	assert_true(now.sleep_ticks == 200);
	assert_true(now.total_ticks == now.sleep_ticks + ran(0) + ran(1));
	assert_int_equal(now.sleeps, 1);
	assert_int_equal(now.clock_hz, FIXTURE_CLOCK_HZ);
}

static void the_clock_is_not_read_for_a_call_that_returns(void **state)
{
	(void)state;
	fixture_start_apps(2);

	uint32_t reads = fixture.clock_reads;

	fixture_call(COMMAND, TALKER, TALKER_EXISTS, 0, 0);
	fixture_call(YIELD, 0, 0, 0, 0);
	fixture_call(COMMAND, TALKER, TALKER_DEFER, 0, 0);
	assert_int_equal(fixture.clock_reads, reads);
	fixture_slice_expires();
	assert_int_equal(fixture.clock_reads, reads + 1);
}

static void sleeps_are_counted(void **state)
{
	(void)state;
	fixture_start_apps(1);
	for (uint32_t i = 1; i < 5; i++) {
		sleep_running();
		assert_int_equal(statistics().sleeps, 2 * i - 1);
		fixture_event(PROCESS_ID_NONE, 0, 0, 0, 0); /* wakes nobody */
		assert_int_equal(statistics().sleeps, 2 * i);
		fixture_event(fixture_process(0)->id, 0, 0, 0, 0);
	}
}

static void a_board_without_a_clock_tells_no_times(void **state)
{
	(void)state;
	fixture.board.clock = NULL;
	fixture.ticks = 77;
	fixture_start_apps(1);
	fixture.ticks = 777;
	sleep_running();

	struct kernel_statistics now = statistics();

	assert_true(now.total_ticks == 0 && now.sleep_ticks == 0 && ran(0) == 0);
	assert_int_equal(now.clock_hz, 0);
	assert_int_equal(now.sleeps, 1);
}

static void a_new_life_begins_with_no_time(void **state)
{
	(void)state;
	fixture_start_apps(1);
	fixture.ticks += 30;
	fixture_call(EXIT, 1, 0, 0, 0);
	assert_true(ran(0) == 0);
	fixture.ticks += 4;
	assert_true(ran(0) == 4);
	assert_true(statistics().total_ticks == 34);
}

static void processes_and_slices_are_counted(void **state)
{
	(void)state;
	fixture_start_apps(3);
	assert_int_equal(statistics().processes, 3);
	fixture_slice_expires();
	fixture_fault(FAULT_READ);
	fixture_slice_expires();
	fixture_call(EXIT, 0, 0, 0, 0);
	assert_int_equal(statistics().processes, 3);
	assert_int_equal(statistics().slices_expired, 2);
}

static void upcalls_are_counted(void **state)
{
	(void)state;
	fixture_start_apps(1);
	fixture_call(SUBSCRIBE, TALKER, 0, RUNNING->flash_app, 0);
	fixture_events(RUNNING->id, 0, 12);
	assert_int_equal(fixture_describe(0).upcalls_queued, 10);
	assert_int_equal(fixture_describe(0).upcalls_dropped, 2);
	assert_int_equal(fixture_describe(0).upcalls_delivered, 0);
	fixture_call(YIELD, 0, 0, 0, 0);
	fixture_call(YIELD, 1, 0, 0, 0);
	fixture_call(YIELD, 2, TALKER, 0, 0);
	assert_int_equal(fixture_describe(0).upcalls_delivered, 3);
	assert_int_equal(fixture_describe(0).upcalls_queued, 7);
	fixture_call(SUBSCRIBE, TALKER, 0, 0, 0); /* the rest was for the old function */
	fixture_call(YIELD, 1, 0, 0, 0);
	fixture_event(fixture_process(0)->id, 0, 0, 0, 0); /* dropped: there is no function */
	assert_int_equal(fixture_describe(0).upcalls_delivered, 3);
	assert_int_equal(fixture_describe(0).upcalls_queued, 0);
	assert_int_equal(fixture_describe(0).upcalls_dropped, 2);
}

static void the_last_system_call_is_told(void **state)
{
	(void)state;
	fixture_start_apps(1);
	assert_int_equal(fixture_describe(0).last_system_call, PROCESS_NO_SYSTEM_CALL);
	fixture_call(MEMOP, 1, 0, 0, 0);
	assert_int_equal(fixture_describe(0).last_system_call, MEMOP);
	fixture_call(9, 1, 0, 0, 0);
	assert_int_equal(fixture_describe(0).last_system_call, 9);
	assert_int_equal(fixture_describe(0).system_calls, 2);
}

static void grants_are_described(void **state)
{
	struct process_grant grant;
	struct process_grant other;

	(void)state;
	fixture_start_apps(1);

	const struct process *process = RUNNING;

	assert_int_equal(fixture_describe(0).grants_total, 2);
	assert_int_equal(fixture_describe(0).grants_used, 0);
	assert_true(process_grant_describe(process->id, 0, &inspect, &grant));
	assert_int_equal(grant.driver, TALKER);
	assert_int_equal(grant.address, 0);
	fixture_call(COMMAND, LARGE, 1, 0, 0);
	fixture_call(COMMAND, TALKER, TALKER_COUNT, 0, 0);
	assert_int_equal(fixture_describe(0).grants_used, 2);
	assert_true(process_grant_describe(process->id, 0, &inspect, &grant));
	assert_true(process_grant_describe(process->id, 1, &inspect, &other));
	assert_int_equal(other.driver, LARGE);
	assert_int_equal(other.address + other.size, (uint32_t)(uintptr_t)process);
	assert_int_equal(grant.address + grant.size, other.address);
	assert_int_equal(grant.address, process->kernel_break);
	assert_false(process_grant_describe(process->id, 2, &inspect, &grant));
	assert_false(process_grant_describe(process->id, 0xffffffff, &inspect, &grant));
	assert_false(process_grant_describe(PROCESS_ID_NONE, 0, &inspect, &grant));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    FIXTURE_TEST(time_goes_to_who_had_the_processor),
	    FIXTURE_TEST(the_clock_is_not_read_for_a_call_that_returns),
	    FIXTURE_TEST(sleeps_are_counted),
	    FIXTURE_TEST(a_board_without_a_clock_tells_no_times),
	    FIXTURE_TEST(a_new_life_begins_with_no_time),
	    FIXTURE_TEST(processes_and_slices_are_counted),
	    FIXTURE_TEST(upcalls_are_counted),
	    FIXTURE_TEST(the_last_system_call_is_told),
	    FIXTURE_TEST(grants_are_described),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
