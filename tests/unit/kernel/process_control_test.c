/* Stop, resume, terminate, boot, make fault: what each does in each state, and that a life that is
 * over opens nothing. */

#include "fixture.h"
#include <kernel/process_control.h>

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const struct process_control_capability control;

typedef enum error_code control_call(struct process_id, const struct process_control_capability *);

/* A call from an interrupt, and the way out. */
static enum error_code call(control_call *function, struct process_id id)
{
	enum error_code error = function(id, &control);

	fixture_next();
	return error;
}

static struct process_id id_of(uint32_t slot)
{
	return fixture_process(slot)->id;
}

static void sleep_running(void)
{
	fixture_call(SUBSCRIBE, TALKER, 0, RUNNING->flash_app, 7);
	fixture_call(YIELD, 1, 0, 0, 0);
}

static void a_stopped_process_does_not_run(void **state)
{
	(void)state;
	fixture_start_apps(2);
	assert_int_equal(call(process_stop, id_of(0)), ERROR_NONE);
	assert_ptr_equal(RUNNING, fixture_process(1));
	assert_false(fixture.slice_runs);
	assert_true(fixture_describe(0).is_stopped);
	assert_int_equal(fixture_describe(0).state, PROCESS_RUNNING);
	assert_int_equal(call(process_stop, id_of(0)), ERROR_ALREADY);
	fixture_call(YIELD, 1, 0, 0, 0);
	assert_null(RUNNING);
	assert_int_equal(call(process_resume, id_of(0)), ERROR_NONE);
	assert_ptr_equal(RUNNING, fixture_process(0));
	assert_false(fixture_describe(0).is_stopped);
	assert_int_equal(call(process_resume, id_of(0)), ERROR_ALREADY);
}

static void a_waiting_process_is_stopped_and_goes_to_the_end(void **state)
{
	(void)state;
	fixture_start_apps(3);
	assert_int_equal(call(process_stop, id_of(1)), ERROR_NONE);
	assert_ptr_equal(RUNNING, fixture_process(0));
	fixture_slice_expires();
	assert_ptr_equal(RUNNING, fixture_process(2));
	assert_int_equal(call(process_resume, id_of(1)), ERROR_NONE);
	fixture_slice_expires();
	assert_ptr_equal(RUNNING, fixture_process(0));
	fixture_slice_expires();
	assert_ptr_equal(RUNNING, fixture_process(1));
}

static void a_stopped_sleeper_is_called_when_it_is_resumed(void **state)
{
	(void)state;
	fixture_start_apps(1);
	sleep_running();
	assert_int_equal(call(process_stop, id_of(0)), ERROR_NONE);
	assert_int_equal(fixture_event(id_of(0), 0, 1, 2, 3), ERROR_NONE);
	assert_int_equal(fixture_event(id_of(0), 0, 4, 5, 6), ERROR_NONE);
	assert_null(RUNNING);
	assert_int_equal(fixture_describe(0).upcalls_queued, 1);
	assert_int_equal(call(process_resume, id_of(0)), ERROR_NONE);
	assert_ptr_equal(RUNNING, fixture_process(0));
	assert_int_equal(RUNNING->context.program_counter, RUNNING->flash_app);
	assert_int_equal(RUNNING->context.registers[0], 1);
	assert_int_equal(RUNNING->context.registers[3], 7);
	fixture_call(YIELD, 1, 0, 0, 0);
	assert_int_equal(RUNNING->context.registers[0], 4);
}

static void stopped_while_it_waits_for_one_upcall(void **state)
{
	(void)state;
	fixture_start_apps(1);
	fixture_call(COMMAND, TALKER, TALKER_COUNT, 0, 0);
	fixture_call(YIELD, 2, TALKER, 1, 0);
	assert_int_equal(call(process_stop, id_of(0)), ERROR_NONE);
	assert_int_equal(call(process_resume, id_of(0)), ERROR_NONE);
	assert_null(RUNNING); /* it still waits */
	assert_int_equal(call(process_stop, id_of(0)), ERROR_NONE);
	fixture_event(id_of(0), 1, 11, 12, 13);
	assert_null(RUNNING);
	assert_int_equal(call(process_resume, id_of(0)), ERROR_NONE);
	assert_int_equal(RUNNING->context.registers[1], 12);
}

static void terminate_ends_every_kind_of_life(void **state)
{
	(void)state;
	fixture_start_apps(4);
	sleep_running();                            /* 0 sleeps */
	call(process_stop, id_of(1));               /* 1 is stopped */
	assert_int_equal(process_slot(RUNNING), 2); /* 2 faults */
	fixture_fault(FAULT_READ);
	assert_int_equal(process_slot(RUNNING), 3); /* 3 runs */
	for (uint32_t i = 0; i < 4; i++) {
		assert_int_equal(call(process_terminate, id_of(i)), ERROR_NONE);
		assert_int_equal(fixture_describe(i).state, PROCESS_TERMINATED);
		assert_false(fixture_describe(i).is_stopped);
		assert_int_equal(call(process_terminate, id_of(i)), ERROR_ALREADY);
		assert_int_equal(call(process_stop, id_of(i)), ERROR_INVAL);
		assert_int_equal(call(process_resume, id_of(i)), ERROR_ALREADY);
		assert_int_equal(call(process_make_fault, id_of(i)), ERROR_INVAL);
		assert_int_equal(fixture_event(id_of(i), 0, 0, 0, 0), ERROR_NODEVICE);
		assert_false(fixture_grant_opens(id_of(i)));
		assert_int_equal(fixture_settle(id_of(i)), FAULT_ACTION_NONE);
	}
	assert_null(RUNNING);
}

static void boot_begins_a_new_life(void **state)
{
	(void)state;
	fixture_start_apps(1);

	struct process_id old = id_of(0);

	assert_int_equal(call(process_boot, old), ERROR_INVAL);
	fixture_call(MEMOP, 1, 0x100, 0, 0);
	memset(fixture_bytes(RUNNING->ram_start), 0x5a, 0x100);
	fixture_call(EXIT, 0, 55, 0, 0);
	assert_int_equal(process_boot(old, &control), ERROR_NONE);
	assert_true(process_id_equal(id_of(0), old)); /* until the kernel leaves */
	assert_false(fixture_grant_opens(old));
	assert_int_equal(process_boot(old, &control), ERROR_NONE);
	fixture_next();
	assert_ptr_equal(RUNNING, fixture_process(0));
	assert_false(process_id_equal(id_of(0), old));
	assert_int_equal(RUNNING->restarts, 1);
	assert_int_equal(RUNNING->completion_code, 0);
	fixture_call(MEMOP, 1, 0x100, 0, 0);
	for (uint32_t i = 0; i < 0x100; i++) {
		assert_int_equal(*fixture_bytes(RUNNING->ram_start + i), 0);
	}
}

static void a_boot_may_be_taken_back(void **state)
{
	(void)state;
	fixture_start_apps(1);
	fixture_call(EXIT, 0, 0, 0, 0);
	assert_int_equal(process_boot(id_of(0), &control), ERROR_NONE);
	assert_int_equal(process_terminate(id_of(0), &control), ERROR_NONE);
	fixture_next();
	assert_null(RUNNING);
	assert_int_equal(fixture_describe(0).state, PROCESS_TERMINATED);
}

static void an_old_life_is_refused_by_every_call(void **state)
{
	static control_call *const calls[] = {process_stop, process_resume, process_terminate,
					      process_boot, process_make_fault};
	struct process_id old;

	(void)state;
	fixture_start_apps(1);
	old = id_of(0);
	fixture_call(EXIT, 1, 0, 0, 0);
	for (uint32_t i = 0; i < ARRAY_LENGTH(calls); i++) {
		assert_int_equal(call(calls[i], old), ERROR_NODEVICE);
		assert_int_equal(call(calls[i], PROCESS_ID_NONE), ERROR_NODEVICE);
	}
	assert_false(fixture_grant_opens(old));
	assert_int_equal(fixture_event(old, 0, 0, 0, 0), ERROR_NODEVICE);
	assert_ptr_equal(RUNNING, fixture_process(0));
	assert_int_equal(fixture.fault_count, 0);
}

static void make_fault_is_a_fault_like_any_other(void **state)
{
	(void)state;
	fixture_start_apps(2);
	sleep_running();
	assert_int_equal(process_make_fault(id_of(0), &control), ERROR_NONE);
	assert_int_equal(fixture.fault_count, 0); /* not from inside the call */
	fixture_next();
	assert_int_equal(fixture.fault_count, 1);
	assert_int_equal(fixture_describe(0).state, PROCESS_FAULTED);
	assert_int_equal(fixture_describe(0).fault.cause, FAULT_REQUESTED);
	assert_int_equal(call(process_make_fault, id_of(0)), ERROR_ALREADY);
	assert_int_equal(call(process_stop, id_of(0)), ERROR_INVAL);
	assert_int_equal(call(process_boot, id_of(0)), ERROR_INVAL);
	call(process_stop, id_of(1));
	assert_int_equal(call(process_make_fault, id_of(1)), ERROR_NONE);
	assert_false(fixture_describe(1).is_stopped);
	assert_int_equal(fixture.fault_count, 2);
}

static void a_fault_may_be_overtaken_by_the_end(void **state)
{
	(void)state;
	fixture_start_apps(1);
	process_make_fault(id_of(0), &control);
	process_terminate(id_of(0), &control);
	fixture_next();
	assert_int_equal(fixture.fault_count, 0);
	assert_int_equal(fixture_describe(0).state, PROCESS_TERMINATED);
}

/* --- From a command of the process itself --- */

static control_call *command_first, *command_second;
static struct process_id command_id;

static void in_command(void)
{
	command_first(command_id, &control);
	if (command_second != NULL) {
		command_second(command_id, &control);
	}
}

static void command_does(control_call *first, control_call *second)
{
	command_first = first;
	command_second = second;
	command_id = RUNNING->id;
	fixture.command = in_command;
}

static void a_command_may_stop_its_caller(void **state)
{
	(void)state;
	fixture_start_apps(2);
	command_does(process_stop, NULL);
	assert_registers(fixture_call(COMMAND, TALKER, TALKER_DO, 1, 2), 128, TALKER_DO, 1, 2);
	assert_ptr_equal(RUNNING, fixture_process(1));
	assert_int_equal(call(process_resume, id_of(0)), ERROR_NONE);
	fixture_call(YIELD, 1, 0, 0, 0);
	assert_ptr_equal(RUNNING, fixture_process(0));
	assert_int_equal(RUNNING->context.registers[0], 128);
	command_does(process_stop, process_resume);
	fixture_call(COMMAND, TALKER, TALKER_DO, 1, 2);
	assert_ptr_equal(RUNNING, fixture_process(0));
}

/* The command's result must not reach the registers of the new life. */
static void a_command_may_end_and_start_its_caller(void **state)
{
	(void)state;
	fixture_start_apps(1);

	struct process_id old = id_of(0);

	command_does(process_terminate, process_boot);
	fixture_call(COMMAND, TALKER, TALKER_DO, 1, 2);
	assert_ptr_equal(RUNNING, fixture_process(0));
	assert_false(process_id_equal(id_of(0), old));
	assert_int_equal(RUNNING->context.registers[0], RUNNING->flash_app);
	assert_int_equal(RUNNING->context.registers[1], RUNNING->ram_start);
	assert_int_equal(RUNNING->kernel_break, (uint32_t)(uintptr_t)RUNNING);
}

static void a_command_may_make_its_caller_fault(void **state)
{
	(void)state;
	fixture.settles = true;
	fixture.restart_limit = 1;
	fixture_start_apps(1);
	command_does(process_make_fault, NULL);
	fixture_call(COMMAND, TALKER, TALKER_DO, 1, 2);
	assert_ptr_equal(RUNNING, fixture_process(0));
	assert_int_equal(RUNNING->restarts, 1);
	assert_int_equal(RUNNING->context.registers[0], RUNNING->flash_app);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    FIXTURE_TEST(a_stopped_process_does_not_run),
	    FIXTURE_TEST(a_waiting_process_is_stopped_and_goes_to_the_end),
	    FIXTURE_TEST(a_stopped_sleeper_is_called_when_it_is_resumed),
	    FIXTURE_TEST(stopped_while_it_waits_for_one_upcall),
	    FIXTURE_TEST(terminate_ends_every_kind_of_life),
	    FIXTURE_TEST(boot_begins_a_new_life),
	    FIXTURE_TEST(a_boot_may_be_taken_back),
	    FIXTURE_TEST(an_old_life_is_refused_by_every_call),
	    FIXTURE_TEST(make_fault_is_a_fault_like_any_other),
	    FIXTURE_TEST(a_fault_may_be_overtaken_by_the_end),
	    FIXTURE_TEST(a_command_may_stop_its_caller),
	    FIXTURE_TEST(a_command_may_end_and_start_its_caller),
	    FIXTURE_TEST(a_command_may_make_its_caller_fault),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
