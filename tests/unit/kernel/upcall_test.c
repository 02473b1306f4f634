/* Upcalls and the three yields. Numbers in brackets are those of the probe list (ABI, section 11). */

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

enum {
	KEPT = 0xdead,
	DATA = 77,
	OUTSIDE = 0x30000000
};

enum {
	NO_WAIT,
	WAIT,
	WAIT_FOR
};

/* One process; upcalls 0 and 1 of the TALKER are registered, 2 is null. */
static struct process *start_subscribed(void)
{
	fixture_start_apps(1);

	struct process *process = RUNNING;

	fixture_call(MEMOP, 0, process->ram_start + 0x200, 0, 0);
	fixture_call(SUBSCRIBE, TALKER, 0, process->flash_app, DATA);
	fixture_call(SUBSCRIBE, TALKER, 1, process->flash_app + 16, DATA + 1);
	fixture_call(SUBSCRIBE, TALKER, 2, 0, DATA + 2);
	return process;
}

static uint8_t *flag(void)
{
	return fixture_bytes(RUNNING->ram_start + 0x100);
}

static uint32_t flag_address(void)
{
	return RUNNING->ram_start + 0x100;
}

/* The process is about to run the function registered as upcall `number`, which will return to
 * where the process was. */
static void assert_in_function(const struct process *process, uint32_t number, uint32_t calls)
{
	assert_int_equal(process->context.program_counter, process->flash_app + 16 * number);
	assert_int_equal(process->context.calls, calls);
}

/* --- yield-no-wait [32, 33] --- */

static void no_wait_without_events_returns_at_once(void **state)
{
	(void)state;

	const struct process *process = start_subscribed();
	uint32_t pc = process->context.program_counter;

	*flag() = 0x77;
	assert_registers(fixture_call(YIELD, NO_WAIT, flag_address(), KEPT, KEPT), NO_WAIT,
			 flag_address(), KEPT, KEPT);
	assert_int_equal(*flag(), 0);
	assert_ptr_equal(RUNNING, process);
	assert_int_equal(process->context.program_counter, pc);
	assert_int_equal(flag()[-1], 0);
	assert_int_equal(flag()[1], 0);
}

static void no_wait_runs_one_function(void **state)
{
	(void)state;

	const struct process *process = start_subscribed();

	fixture_event(process->id, 0, 1, 2, 3);
	fixture_event(process->id, 1, 4, 5, 6);
	flag()[1] = 0x77;
	assert_registers(fixture_call(YIELD, NO_WAIT, flag_address(), KEPT, KEPT), 1, 2, 3, DATA);
	assert_int_equal(*flag(), 1);
	assert_int_equal(flag()[1], 0x77);
	assert_in_function(process, 0, 1);
	assert_int_equal(process->queue_length, 1);
	assert_registers(fixture_call(YIELD, NO_WAIT, 0, KEPT, KEPT), 4, 5, 6, DATA + 1);
	assert_in_function(process, 1, 2);
}

static void no_wait_writes_its_flag_only_into_own_ram(void **state)
{
	(void)state;

	const struct process *process = start_subscribed();
	const uint32_t addresses[] = {0,
				      1,
				      OUTSIDE,
				      0xffffffff,
				      process->ram_start - 1,
				      process->app_break,
				      process->kernel_break,
				      process->flash_app,
				      process->ram_end - 1};

	*fixture_bytes(process->app_break) = 0x77;
	for (uint32_t i = 0; i < ARRAY_LENGTH(addresses); i++) {
		assert_registers(fixture_call(YIELD, NO_WAIT, addresses[i], KEPT, KEPT), NO_WAIT,
				 addresses[i], KEPT, KEPT);
		assert_ptr_equal(RUNNING, process);
	}
	assert_int_equal(*fixture_bytes(process->app_break), 0x77);
	*fixture_bytes(process->app_break - 1) = 0x77;
	*fixture_bytes(process->ram_start) = 0x77;
	fixture_call(YIELD, NO_WAIT, process->app_break - 1, 0, 0);
	fixture_call(YIELD, NO_WAIT, process->ram_start, 0, 0);
	assert_int_equal(*fixture_bytes(process->app_break - 1), 0);
	assert_int_equal(*fixture_bytes(process->ram_start), 0);
}

static void no_wait_drops_null_events_and_does_not_sleep(void **state)
{
	(void)state;

	const struct process *process = start_subscribed();

	fixture_event(process->id, 2, 1, 2, 3);
	*flag() = 0x77;
	assert_registers(fixture_call(YIELD, NO_WAIT, flag_address(), KEPT, KEPT), NO_WAIT,
			 flag_address(), KEPT, KEPT);
	assert_int_equal(*flag(), 0);
	assert_ptr_equal(RUNNING, process);
	assert_int_equal(process->queue_length, 0);
}

/* --- yield-wait [35] --- */

static void wait_sleeps_until_a_function_runs(void **state)
{
	(void)state;

	struct process *process = start_subscribed();

	fixture_call(YIELD, WAIT, 0, 0, 0);
	assert_null(RUNNING);
	assert_int_equal(process->state, PROCESS_YIELDED);
	assert_int_equal(fixture_event(process->id, 1, 1, 2, 3), ERROR_NONE);
	assert_ptr_equal(RUNNING, process);
	assert_in_function(process, 1, 1);
	assert_int_equal(process->queue_length, 0);

	const uint32_t *registers = context_arguments(&process->context);

	assert_int_equal(registers[0], 1);
	assert_int_equal(registers[1], 2);
	assert_int_equal(registers[2], 3);
	assert_int_equal(registers[3], DATA + 1);
}

static void wait_runs_what_is_queued_at_once(void **state)
{
	(void)state;

	const struct process *process = start_subscribed();

	fixture_event(process->id, 2, 9, 9, 9); /* null: dropped on the way */
	fixture_event(process->id, 0, 1, 2, 3);
	fixture_event(process->id, 2, 9, 9, 9);
	assert_registers(fixture_call(YIELD, WAIT, 0, 0, 0), 1, 2, 3, DATA);
	assert_ptr_equal(RUNNING, process);
	assert_in_function(process, 0, 1);
	assert_int_equal(process->queue_length, 1);
}

static void wait_drops_null_events_and_sleeps_on(void **state)
{
	(void)state;

	const struct process *process = start_subscribed();

	fixture_event(process->id, 2, 1, 2, 3);
	fixture_call(YIELD, WAIT, 0, 0, 0);
	assert_null(RUNNING);
	assert_int_equal(process->queue_length, 0);
	assert_int_equal(fixture_event(process->id, 2, 1, 2, 3), ERROR_NONE);
	assert_null(RUNNING);
	assert_int_equal(process->queue_length, 0);
	assert_int_equal(process->upcalls_dropped, 0);
	assert_int_equal(process->context.calls, 0);
}

static void the_function_and_data_are_those_of_the_last_subscribe(void **state)
{
	(void)state;

	const struct process *process = start_subscribed();

	fixture_call(SUBSCRIBE, TALKER, 0, process->flash_app + 16, 5);
	fixture_event(process->id, 0, 1, 2, 3);
	assert_registers(fixture_call(YIELD, WAIT, 0, 0, 0), 1, 2, 3, 5);
	assert_in_function(process, 1, 1);
}

static void a_function_that_is_called_returns_behind_the_yield(void **state)
{
	(void)state;

	struct process *process = start_subscribed();
	uint32_t pc = process->context.program_counter;

	fixture_event(process->id, 0, 1, 2, 3);
	fixture_call(YIELD, WAIT, 0, 0, 0);
	assert_int_equal(process->context.return_address, pc);
}

/* --- yield-wait-for [34, 36, 38] --- */

static void wait_for_takes_a_queued_event(void **state)
{
	(void)state;

	const struct process *process = start_subscribed();

	fixture_event(process->id, 0, 1, 2, 3);
	fixture_event(process->id, 1, 4, 5, 6);
	fixture_event(process->id, 2, 7, 8, 9);
	fixture_event(process->id, 1, 10, 11, 12);
	assert_registers(fixture_call(YIELD, WAIT_FOR, TALKER, 1, KEPT), 4, 5, 6, KEPT);
	assert_registers(fixture_call(YIELD, WAIT_FOR, TALKER, 2, KEPT), 7, 8, 9, KEPT);
	assert_int_equal(process->context.calls, 0);
	assert_int_equal(process->queue_length, 2);
	assert_registers(fixture_call(YIELD, WAIT, 0, 0, KEPT), 1, 2, 3, DATA);
	assert_in_function(process, 0, 1);
	assert_registers(fixture_call(YIELD, WAIT, 0, 0, KEPT), 10, 11, 12, DATA + 1);
}

static void wait_for_sleeps_until_its_event(void **state)
{
	(void)state;

	struct process *process = start_subscribed();
	const uint32_t *registers = context_arguments(&process->context);

	for (uint32_t number = 1; number < 3; number++) { /* with a function, and without */
		fixture_call(YIELD, WAIT_FOR, TALKER, number, KEPT);
		assert_null(RUNNING);
		assert_int_equal(process->state, PROCESS_YIELDED_FOR);
		assert_int_equal(fixture_event(process->id, 0, 1, 1, 1), ERROR_NONE);
		assert_null(RUNNING);
		assert_int_equal(fixture_event(process->id, 0, 2, 2, 2), ERROR_NONE);
		assert_null(RUNNING);
		assert_int_equal(fixture_event(process->id, number, 4, 5, 6), ERROR_NONE);
		assert_ptr_equal(RUNNING, process);
		assert_int_equal(registers[0], 4);
		assert_int_equal(registers[1], 5);
		assert_int_equal(registers[2], 6);
		assert_int_equal(registers[3], KEPT);
		assert_int_equal(process->context.calls, 0);
		assert_int_equal(process->queue_length, 2 * number);
	}
	assert_registers(fixture_call(YIELD, WAIT, 0, 0, 0), 1, 1, 1, DATA);
}

/* A match and then others in one interrupt: the wake-up stays. */
static void a_wake_up_is_not_lost_to_later_events(void **state)
{
	(void)state;

	struct process *process = start_subscribed();
	const uint32_t *registers = context_arguments(&process->context);

	fixture_call(YIELD, WAIT_FOR, TALKER, 1, KEPT);
	fixture_events(process->id, 1, 3);
	assert_ptr_equal(RUNNING, process);
	assert_int_equal(registers[0], 0);
	assert_int_equal(process->queue_length, 2);
	assert_registers(fixture_call(YIELD, WAIT, 0, 0, 0), 1, 0, 0, DATA + 1);
	assert_registers(fixture_call(YIELD, WAIT, 0, 0, 0), 2, 0, 0, DATA + 1);
}

static void wait_for_what_never_comes_sleeps_for_ever(void **state)
{
	static const uint32_t never[][2] = {
	    {0x77, 0},       {PLAIN, 0}, {TALKER, 3}, {TALKER, 0x100}, {TALKER, 0xffffffff},
	    {0xffffffff, 0}, {LARGE, 0}, {0, 0}};

	(void)state;
	for (uint32_t i = 0; i < ARRAY_LENGTH(never); i++) {
		fixture_teardown(NULL);
		fixture_setup(NULL);

		const struct process *process = start_subscribed();

		fixture_event(process->id, 0, 1, 2, 3);
		fixture_call(YIELD, WAIT_FOR, never[i][0], never[i][1], KEPT);
		assert_null(RUNNING);
		for (uint32_t number = 0; number < TALKER_UPCALLS; number++) {
			fixture_event(process->id, number, 1, 2, 3);
			assert_null(RUNNING);
		}
		assert_int_equal(process->state, PROCESS_YIELDED_FOR);
		assert_int_equal(process->queue_length, 4);
	}
}

/* --- The queue [37, 39] --- */

static void ten_events_are_kept_and_further_ones_counted(void **state)
{
	(void)state;

	const struct process *process = start_subscribed();

	for (uint32_t i = 0; i < 13; i++) {
		assert_int_equal(fixture_event(process->id, i % 3, i, i + 1, i + 2),
				 i < 10 ? ERROR_NONE : ERROR_NOMEM);
	}
	assert_int_equal(process->queue_length, 10);
	assert_int_equal(fixture_describe(0).upcalls_dropped, 3);
	for (uint32_t i = 0; i < 10; i++) {
		if (i % 3 != 2) { /* those of number 2 are null */
			assert_registers(fixture_call(YIELD, WAIT, 0, 0, 0), i, i + 1, i + 2,
					 DATA + i % 3);
		}
	}
	fixture_call(YIELD, NO_WAIT, 0, 0, 0);
	assert_int_equal(process->queue_length, 0);
}

/* A process pays for as many places as it ever had events waiting, beyond the first two, and once. */
static void places_are_paid_for_once(void **state)
{
	(void)state;

	const struct process *process = start_subscribed();
	uint32_t before = process->kernel_break;

	for (uint32_t most = 1; most <= 10; most++) {
		uint32_t paid = most > UPCALL_RESERVE ? most - UPCALL_RESERVE : 0;

		for (uint32_t i = 0; i < most; i++) {
			fixture_event(process->id, 0, most, i, 0);
		}
		assert_int_equal(before - process->kernel_break, paid * sizeof(struct upcall));
		for (uint32_t i = 0; i < most; i++) {
			assert_registers(fixture_call(YIELD, NO_WAIT, 0, 0, 0), most, i, 0, DATA);
		}
	}
	fixture_call(EXIT, 1, 0, 0, 0);
	assert_int_equal(process->kernel_break, (uint32_t)(uintptr_t)process);
}

/* The process's memory is used up but for `room` places: so many events more are kept. The other process
 * has all that it had. */
static void without_memory_only_the_first_places_are_left(void **state)
{
	(void)state;
	for (uint32_t room = 0; room <= 3; room++) {
		fixture_teardown(NULL);
		fixture_setup(NULL);
		host_set_granules(4, 4);
		fixture_start_apps(2);

		const struct process *process = RUNNING;
		const struct process *other = fixture_process(1);
		uint32_t kept = UPCALL_RESERVE + room;

		fixture_call(SUBSCRIBE, TALKER, 0, process->flash_app, DATA);
		/* 12 bytes more than the places take: not enough for one more. */
		fixture_call(MEMOP, 0, process->kernel_break - room * sizeof(struct upcall) - 12, 0,
			     0);
		for (uint32_t i = 0; i < 10; i++) {
			assert_int_equal(fixture_event(process->id, 0, i, 0, 0),
					 i < kept ? ERROR_NONE : ERROR_NOMEM);
		}
		assert_int_equal(process->queue_length, kept);
		assert_int_equal(fixture_describe(0).upcalls_dropped, 10 - kept);
		assert_true(process_invariant_holds(process));
		for (uint32_t i = 0; i < kept; i++) {
			assert_registers(fixture_call(YIELD, NO_WAIT, 0, 0, 0), i, 0, 0, DATA);
		}
		/* What it has it keeps, and it takes more when there is more. */
		fixture_call(MEMOP, 0, process->ram_start + 0x200, 0, 0);
		for (uint32_t i = 0; i < 11; i++) {
			assert_int_equal(fixture_event(process->id, 0, i, 0, 0),
					 i < 10 ? ERROR_NONE : ERROR_NOMEM);
		}
		assert_int_equal(other->kernel_break, (uint32_t)(uintptr_t)other);
	}
}

/* A place lies where grants are, and a grant beyond it is none the worse. */
static void places_and_grants_lie_side_by_side(void **state)
{
	(void)state;

	const struct process *process = start_subscribed();

	for (uint32_t i = 0; i < 4; i++) {
		fixture_event(process->id, 0, i, 0, 0);
	}
	fixture_call(SUBSCRIBE, LARGE, 0, process->flash_app + 16, 9);
	for (uint32_t i = 4; i < 10; i++) {
		fixture_event(process->id, 0, i, 0, 0);
	}
	assert_registers(fixture_call(SUBSCRIBE, LARGE, 0, 0, 0), 130, process->flash_app + 16, 9,
			 0);
	for (uint32_t i = 0; i < 10; i++) {
		assert_registers(fixture_call(YIELD, NO_WAIT, 0, 0, 0), i, 0, 0, DATA);
	}
}

/* First in, first out, whatever places there are and whichever come free. */
static void order_holds_whichever_places_are_free(void **state)
{
	uint32_t next_in = 0;
	uint32_t next_out = 0;

	(void)state;

	const struct process *process = start_subscribed();

	for (uint32_t round = 0; round < 100; round++) {
		uint32_t count = round % 4 + 1;

		while (process->queue_length + count <= 10) {
			for (uint32_t i = 0; i < count; i++) {
				fixture_event(process->id, 0, next_in++, 0, 0);
			}
		}
		for (uint32_t i = 0; i < round % 7 + 1 && process->queue_length > 0; i++) {
			assert_registers(fixture_call(YIELD, NO_WAIT, 0, 0, 0), next_out, 0, 0,
					 DATA);
			next_out++;
		}
	}
	assert_true(next_in > 300);
}

static void subscribe_drops_the_calls_of_the_old_function_only(void **state)
{
	(void)state;

	const struct process *process = start_subscribed();
	static const uint8_t order[] = {0, 1, 0, 2, 0, 0, 1, 0};

	for (uint32_t i = 0; i < sizeof(order); i++) {
		fixture_event(process->id, order[i], i, 0, 0);
	}
	fixture_call(SUBSCRIBE, TALKER, 0, process->flash_app + 16, 5);
	assert_int_equal(process->queue_length, 3);
	assert_registers(fixture_call(YIELD, WAIT_FOR, TALKER, 2, KEPT), 3, 0, 0, KEPT);
	assert_registers(fixture_call(YIELD, WAIT, 0, 0, 0), 1, 0, 0, DATA + 1);
	assert_registers(fixture_call(YIELD, WAIT, 0, 0, 0), 6, 0, 0, DATA + 1);
	assert_int_equal(process->queue_length, 0);
}

static void subscribe_keeps_null_events(void **state)
{
	(void)state;

	const struct process *process = start_subscribed();

	fixture_event(process->id, 2, 1, 2, 3);
	fixture_call(SUBSCRIBE, TALKER, 2, process->flash_app, 5);
	assert_int_equal(process->queue_length, 1);
	fixture_event(process->id, 2, 4, 5, 6);
	assert_registers(fixture_call(YIELD, WAIT, 0, 0, 0), 4, 5, 6,
			 5); /* the null one is not run */
	assert_int_equal(process->queue_length, 0);
}

static void unsubscribing_drops_what_was_pending(void **state)
{
	(void)state;

	const struct process *process = start_subscribed();

	fixture_event(process->id, 0, 1, 2, 3);
	fixture_call(SUBSCRIBE, TALKER, 0, 0, 0);
	assert_int_equal(process->queue_length, 0);
	fixture_event(process->id, 0, 4, 5, 6);
	assert_registers(fixture_call(YIELD, WAIT_FOR, TALKER, 0, KEPT), 4, 5, 6, KEPT);
}

static void a_driver_can_answer_from_inside_the_command(void **state)
{
	(void)state;

	const struct process *process = start_subscribed();

	assert_registers(fixture_call(COMMAND, TALKER, TALKER_SCHEDULE, 0, 40), 128,
			 TALKER_SCHEDULE, 0, 40);
	assert_int_equal(process->context.calls, 0);
	assert_registers(fixture_call(YIELD, WAIT, 0, 0, 0), 40, 41, 42, DATA);
}

static void a_driver_cannot_schedule_what_its_grant_lacks(void **state)
{
	(void)state;

	const struct process *process = start_subscribed();

	assert_int_equal(fixture_event(process->id, TALKER_UPCALLS, 1, 2, 3), ERROR_INVAL);
	assert_int_equal(fixture_event(process->id, 256, 1, 2, 3), ERROR_INVAL);
	assert_int_equal(fixture_event(process->id, 0xffffffff, 1, 2, 3), ERROR_INVAL);
	assert_int_equal(process->queue_length, 0);
	assert_int_equal(process->upcalls_dropped, 0);
}

static void events_for_the_dead_are_refused(void **state)
{
	(void)state;

	const struct process *process = start_subscribed();

	fixture_call(EXIT, 0, 5, 0, 0);
	assert_int_equal(fixture_event(process->id, 0, 1, 2, 3), ERROR_NODEVICE);
	assert_null(RUNNING);
	assert_int_equal(process->state, PROCESS_TERMINATED);
	assert_int_equal(process->queue_length, 0);
}

static void events_for_one_process_do_not_reach_another(void **state)
{
	(void)state;
	fixture_start_apps(2);

	const struct process *zero = fixture_process(0);
	const struct process *one = fixture_process(1);

	fixture_call(SUBSCRIBE, TALKER, 0, zero->flash_app, DATA);
	fixture_call(YIELD, WAIT, 0, 0, 0);
	fixture_call(SUBSCRIBE, TALKER, 0, one->flash_app, DATA);
	fixture_call(YIELD, WAIT, 0, 0, 0);
	fixture_event(one->id, 0, 1, 2, 3);
	assert_ptr_equal(RUNNING, one);
	assert_int_equal(zero->state, PROCESS_YIELDED);
	assert_int_equal(zero->context.calls, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    FIXTURE_TEST(no_wait_without_events_returns_at_once),
	    FIXTURE_TEST(no_wait_runs_one_function),
	    FIXTURE_TEST(no_wait_writes_its_flag_only_into_own_ram),
	    FIXTURE_TEST(no_wait_drops_null_events_and_does_not_sleep),
	    FIXTURE_TEST(wait_sleeps_until_a_function_runs),
	    FIXTURE_TEST(wait_runs_what_is_queued_at_once),
	    FIXTURE_TEST(wait_drops_null_events_and_sleeps_on),
	    FIXTURE_TEST(the_function_and_data_are_those_of_the_last_subscribe),
	    FIXTURE_TEST(a_function_that_is_called_returns_behind_the_yield),
	    FIXTURE_TEST(wait_for_takes_a_queued_event),
	    FIXTURE_TEST(wait_for_sleeps_until_its_event),
	    FIXTURE_TEST(a_wake_up_is_not_lost_to_later_events),
	    FIXTURE_TEST(wait_for_what_never_comes_sleeps_for_ever),
	    FIXTURE_TEST(ten_events_are_kept_and_further_ones_counted),
	    FIXTURE_TEST(places_are_paid_for_once),
	    FIXTURE_TEST(without_memory_only_the_first_places_are_left),
	    FIXTURE_TEST(places_and_grants_lie_side_by_side),
	    FIXTURE_TEST(order_holds_whichever_places_are_free),
	    FIXTURE_TEST(subscribe_drops_the_calls_of_the_old_function_only),
	    FIXTURE_TEST(subscribe_keeps_null_events),
	    FIXTURE_TEST(unsubscribing_drops_what_was_pending),
	    FIXTURE_TEST(a_driver_can_answer_from_inside_the_command),
	    FIXTURE_TEST(a_driver_cannot_schedule_what_its_grant_lacks),
	    FIXTURE_TEST(events_for_the_dead_are_refused),
	    FIXTURE_TEST(events_for_one_process_do_not_reach_another),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
