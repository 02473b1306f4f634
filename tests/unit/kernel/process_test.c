/* The lives of a process: restart, exit, faults, what is told about it. Number 40 of the probe list
 * (ABI, section 11) is here. */

#include "fixture.h"
#include <kernel/process_control.h>

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

enum {
	KEPT = 0xdead
};

static const struct process_inspect_capability inspect;
static const struct process_control_capability control;

/* A process that has left traces wherever it could. */
static struct process *start_and_leave_traces(void)
{
	fixture_start_apps(1);

	struct process *process = RUNNING;
	uint32_t end = process->ram_start + 0xc00;

	fixture_call(MEMOP, 0, end, 0, 0);
	fixture_call(MEMOP, 10, process->ram_start + 4, 0, 0);
	fixture_call(MEMOP, 11, process->ram_start + 8, 0, 0);
	fixture_call(SUBSCRIBE, TALKER, 0, process->flash_app, 7);
	fixture_call(ALLOW_READ_WRITE, TALKER, 0, end - 8, 8);
	fixture_events(process->id, 0, 12);
	memset(fixture_bytes(process->ram_start), 0x5a, end - process->ram_start);
	return process;
}

static void assert_fresh(const struct process *process, struct process_id old)
{
	const uint32_t *arguments = context_arguments(&RUNNING->context);
	uint32_t start = process->ram_start;
	struct process_description now = fixture_describe(process_slot(process));

	assert_ptr_equal(RUNNING, process);
	assert_false(process_id_equal(process->id, old));
	assert_true(process_id_number(process->id) > process_id_number(old));
	assert_int_equal(now.app_break, start + CONTEXT_START_BYTES);
	assert_int_equal(now.kernel_break, (uint32_t)(uintptr_t)process);
	assert_int_equal(now.system_calls, 0);
	assert_int_equal(now.upcalls_dropped, 0);
	assert_int_equal(now.slices_expired, 0);
	assert_int_equal(now.completion_code, 0);
	assert_int_equal(now.stack_top, 0);
	assert_int_equal(now.heap_start, 0);
	assert_int_equal(now.fault.cause, FAULT_NONE);
	assert_int_equal(now.stack_pointer, start);
	assert_int_equal(process->queue_length, 0);
	assert_int_equal(process->context.program_counter, process_entry(process));
	assert_int_equal(arguments[0], process->flash_app);
	assert_int_equal(arguments[1], start);
	assert_int_equal(arguments[2], process->ram_end - start);
	assert_int_equal(arguments[3], start + CONTEXT_START_BYTES);
}

/* All that a new life can see of the memory of the old is zero. */
static void assert_forgotten(const struct process *process)
{
	uint32_t start = process->ram_start;

	for (uint32_t end = start + CONTEXT_START_BYTES; end <= process->kernel_break; end += 48) {
		fixture_call(MEMOP, 0, end, 0, 0);
		for (uint32_t i = start; i < protection_reach(&process->protection, end); i++) {
			assert_int_equal(*fixture_bytes(i), 0);
		}
	}
}

static void exit_restart_begins_a_new_life(void **state)
{
	(void)state;

	const struct process *process = start_and_leave_traces();
	struct process_id old = process->id;

	fixture_call(EXIT, 1, 55, 0, 0);
	assert_fresh(process, old);
	assert_int_equal(process->restarts, 1);
	assert_forgotten(process);
	old = process->id;
	fixture_call(EXIT, 1, 55, 0, 0);
	assert_fresh(process, old);
	assert_int_equal(process->restarts, 2);
}

static void a_new_life_does_not_see_the_old_s_memory_in_coarse_steps(void **state)
{
	(void)state;
	host_set_granules(4, 512);

	const struct process *process = start_and_leave_traces();
	uint32_t reach = protection_reach(&process->protection, process->app_break);

	memset(fixture_bytes(process->app_break), 0x5a, reach - process->app_break);
	fixture_call(EXIT, 1, 55, 0, 0);
	assert_forgotten(process);
}

static void the_mark_of_shared_memory_ends_with_the_life(void **state)
{
	(void)state;

	const struct process *process = start_and_leave_traces();

	fixture_call(EXIT, 1, 0, 0, 0);
	assert_registers(fixture_call(MEMOP, 0, process->ram_start, KEPT, KEPT), 128,
			 process->ram_start, KEPT, KEPT);
}

static void exit_terminate_ends_it(void **state)
{
	(void)state;

	const struct process *process = start_and_leave_traces();
	struct process_id id = process->id;

	fixture_call(EXIT, 0, 55, 0, 0);
	assert_null(RUNNING);
	assert_int_equal(process->state, PROCESS_TERMINATED);
	assert_int_equal(fixture_describe(0).completion_code, 55);
	assert_int_equal(process->queue_length, 0);
	assert_int_equal(process->restarts, 0);
	assert_true(process_id_equal(process->id, id));
	assert_int_equal(fixture_settle(id), FAULT_ACTION_NONE);
	assert_int_equal(process->state, PROCESS_TERMINATED);
}

static void identities_are_never_used_twice(void **state)
{
	uint32_t last = 0;

	(void)state;
	fixture_start_apps(3);
	for (uint32_t i = 0; i < 3; i++) {
		assert_int_equal(process_id_number(fixture_process(i)->id), i + 1);
		assert_int_equal(fixture_process(i)->id.private_value & 0xff, i);
		last = i + 1;
	}
	for (uint32_t i = 0; i < 20; i++) {
		struct process *process = RUNNING;

		fixture_call(EXIT, 1, 0, 0, 0);
		assert_int_equal(process_id_number(process->id), ++last);
		assert_int_equal(process->id.private_value & 0xff, process_slot(process));
	}
}

static void exhaust_numbers(void)
{
	kernel.last_process_number = 0xfffffe;
	process_restart(RUNNING);
	kernel_next();
	assert_int_equal(process_id_number(fixture_process(0)->id), 0xffffff);
	process_restart(fixture_process(0));
	kernel_next();
}

static void used_up_numbers_halt_the_system(void **state)
{
	(void)state;
	fixture_start_apps(1);
	assert_int_equal(host_enter(exhaust_numbers), HOST_HALTED);
	assert_non_null(strstr(fixture.panic, "process numbers are used up"));
}

/* --- Faults --- */

static void a_fault_stops_the_process_and_is_told(void **state)
{
	(void)state;

	struct process *process = start_and_leave_traces();
	struct process_id id = process->id;

	fixture_fault(FAULT_WRITE);
	assert_null(RUNNING);
	assert_int_equal(fixture.fault_count, 1);
	assert_true(process_id_equal(fixture.faulted, id));

	struct process_description now = fixture_describe(0);

	assert_int_equal(now.state, PROCESS_FAULTED);
	assert_int_equal(now.fault.cause, FAULT_WRITE);
	assert_int_equal(now.fault.address, 0x1234);
	assert_true(now.fault.address_valid);
	assert_int_equal(now.app_break, process->ram_start + 0xc00); /* as they are (O2) */
	assert_int_equal(process->queue_length, UPCALL_QUEUE_LENGTH);
}

static void the_others_go_on(void **state)
{
	(void)state;
	fixture_start_apps(3);
	fixture_fault(FAULT_READ);
	assert_ptr_equal(RUNNING, fixture_process(1));
	fixture_fault(FAULT_READ);
	assert_ptr_equal(RUNNING, fixture_process(2));
	fixture_call(YIELD, 1, 0, 0, 0);
	assert_null(RUNNING);
	assert_int_equal(fixture.fault_count, 2);
}

static void policy_stop_leaves_it_faulted(void **state)
{
	(void)state;
	fixture_start_apps(1);

	const struct process *process = RUNNING;

	fixture_fault(FAULT_READ);
	assert_int_equal(process_settlement(process->id), FAULT_ACTION_STOP);
	assert_int_equal(fixture_settle(process->id), FAULT_ACTION_STOP);
	assert_int_equal(process->state, PROCESS_FAULTED);
	assert_null(RUNNING);
	assert_int_equal(process->restarts, 0);
}

static void policy_restart_restarts_up_to_its_limit(void **state)
{
	(void)state;
	fixture.restart_limit = 3;
	fixture_start_apps(1);

	const struct process *process = RUNNING;

	for (uint32_t i = 1; i <= 3; i++) {
		struct process_id old = process->id;

		fixture_fault(FAULT_READ);
		assert_null(RUNNING); /* not before the report is out */
		assert_int_equal(process_settlement(old), FAULT_ACTION_RESTART);
		assert_int_equal(fixture_settle(old), FAULT_ACTION_RESTART);
		assert_fresh(process, old);
		assert_int_equal(process->restarts, i);
		assert_int_equal(fixture_settle(old), FAULT_ACTION_NONE);
		assert_int_equal(process_settlement(process->id), FAULT_ACTION_NONE);
	}
	fixture_fault(FAULT_READ);
	assert_int_equal(fixture_settle(process->id), FAULT_ACTION_STOP);
	assert_int_equal(process->state, PROCESS_FAULTED);
	assert_null(RUNNING);
	assert_int_equal(process->restarts, 3);
}

static void a_limit_of_0_restarts_nothing(void **state)
{
	(void)state;
	fixture_start_apps(1);

	struct process_id id = RUNNING->id;

	fixture_fault(FAULT_READ);
	assert_int_equal(fixture_settle(id), FAULT_ACTION_STOP);
}

/* The policy may decide by what the fault and the application are. */
static void the_policy_is_told_whose_fault_it_is(void **state)
{
	(void)state;
	fixture_start_apps(2);

	struct process_id one = fixture_process(1)->id;

	fixture_fault(FAULT_READ);
	fixture_call(EXIT, 1, 0, 0, 0);
	one = fixture_process(1)->id;
	fixture_fault(FAULT_WRITE);
	assert_int_equal(process_settlement(one), FAULT_ACTION_STOP);
	assert_true(process_id_equal(fixture.decided.id, one));
	assert_int_equal(fixture.decided.cause, FAULT_WRITE);
	assert_int_equal(fixture.decided.restarts, 1);
	assert_int_equal(read_span_length(fixture.decided.name), 3);
	assert_memory_equal(fixture.decided.name.private_bytes, "one", 3);
}

static void a_silent_policy_acts_at_once(void **state)
{
	(void)state;
	fixture.restart_limit = 2;
	fixture.is_silent = true;
	fixture_start_apps(1);

	const struct process *process = RUNNING;

	for (uint32_t i = 1; i <= 2; i++) {
		struct process_id old = process->id;

		fixture_fault(FAULT_READ);
		assert_fresh(process, old);
		assert_int_equal(process->restarts, i);
	}
	fixture_fault(FAULT_READ);
	assert_null(RUNNING);
	assert_int_equal(process->state, PROCESS_FAULTED);
	assert_int_equal(fixture.fault_count, 0);
}

/* An observer may settle at once, in the middle of the fault. */
static void a_fault_may_be_settled_from_inside_the_report(void **state)
{
	(void)state;
	fixture.restart_limit = 2;
	fixture.settles = true;
	fixture_start_apps(2);

	const struct process *zero = fixture_process(0);

	fixture_fault(FAULT_READ);
	assert_ptr_equal(RUNNING, fixture_process(1)); /* it goes to the end of the queue */
	assert_int_equal(zero->state, PROCESS_RUNNING);
	assert_int_equal(zero->restarts, 1);
	fixture_call(YIELD, 3, 0, 0, 0); /* faults within a system call */
	assert_ptr_equal(RUNNING, zero);
	assert_int_equal(fixture_process(1)->restarts, 1);
}

static void settle_faulted(void)
{
	fixture_settle(fixture.faulted);
}

static void policy_panic_halts_the_system(void **state)
{
	(void)state;
	fixture.after_restarts = FAULT_ACTION_PANIC;
	fixture_start_apps(1);
	fixture_fault(FAULT_READ);
	assert_int_equal(host_enter(settle_faulted), HOST_HALTED);
	assert_string_equal(fixture.panic, "\r\nkernel panic: a process had a fault\r\n");
}

/* --- What is told --- */

static void a_process_is_described(void **state)
{
	(void)state;
	host_set_granules(4, 64);
	fixture_image(&(struct image){.name = "padding before"});
	fixture_image(
	    &(struct image){.name = "the name", .minimum_ram = 0x321, .protected_size = 32});
	fixture_start();

	const struct process *process = fixture_process(1);
	struct process_description d = fixture_describe(1);

	assert_int_equal(read_span_length(d.name), 8);
	assert_memory_equal(d.name.private_bytes, "the name", 8);
	assert_true(process_id_equal(d.id, process->id));
	assert_int_equal(d.state, PROCESS_RUNNING);
	assert_int_equal(d.flash_start, FIXTURE_FLASH + 0x1000);
	assert_int_equal(d.flash_app, process->flash_app);
	assert_int_equal(d.flash_end, FIXTURE_FLASH + 0x2000);
	assert_int_equal(d.ram_start, process->ram_start);
	assert_int_equal(d.app_break, process->ram_start + CONTEXT_START_BYTES);
	assert_int_equal(d.app_reach, process->ram_start + 64);
	assert_int_equal(d.kernel_break, process->kernel_break);
	assert_int_equal(d.ram_end, process->ram_end);
	assert_int_equal(d.stack_pointer, process->ram_start);
}

/* Also what is not there: it sleeps for ever. */
static void what_a_process_waits_for_is_described(void **state)
{
	(void)state;
	fixture_start_apps(1);
	fixture_call(YIELD, 2, TALKER, 1, 0);
	assert_int_equal(fixture_describe(0).state, PROCESS_YIELDED_FOR);
	assert_int_equal(fixture_describe(0).waits_driver, TALKER);
	assert_int_equal(fixture_describe(0).waits_number, 1);
	process_stop(fixture_process(0)->id, &control);
	assert_int_equal(fixture_describe(0).waits_driver, TALKER);
	process_terminate(fixture_process(0)->id, &control);
	process_boot(fixture_process(0)->id, &control);
	fixture_next();
	fixture_call(YIELD, 2, 0x12345678, 0xfffffffe, 0);
	assert_int_equal(fixture_describe(0).state, PROCESS_YIELDED_FOR);
	assert_int_equal(fixture_describe(0).waits_driver, 0x12345678);
	assert_int_equal(fixture_describe(0).waits_number, 0xfffffffe);
}

static void only_what_is_there_is_described(void **state)
{
	struct process_description description;
	struct process_registers registers;

	(void)state;
	fixture_start_apps(2);

	const struct process_id id = fixture_process(0)->id;

	assert_int_equal(process_slots(), FIXTURE_SLOTS);
	assert_true(process_describe(1, &inspect, &description));
	assert_false(process_describe(2, &inspect, &description));
	assert_false(process_describe(FIXTURE_SLOTS, &inspect, &description));
	assert_false(process_describe(0xffffffff, &inspect, &description));
	assert_true(process_describe_id(id, &inspect, &description));
	assert_true(process_registers_read(id, &inspect, &registers));
	assert_int_equal(registers.count, 6);
	assert_int_equal(registers.values[0], fixture_process(0)->flash_app);
	fixture_call(EXIT, 1, 0, 0, 0);
	assert_false(process_describe_id(id, &inspect, &description));
	assert_false(process_registers_read(id, &inspect, &registers));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    FIXTURE_TEST(exit_restart_begins_a_new_life),
	    FIXTURE_TEST(a_new_life_does_not_see_the_old_s_memory_in_coarse_steps),
	    FIXTURE_TEST(the_mark_of_shared_memory_ends_with_the_life),
	    FIXTURE_TEST(exit_terminate_ends_it),
	    FIXTURE_TEST(identities_are_never_used_twice),
	    FIXTURE_TEST(used_up_numbers_halt_the_system),
	    FIXTURE_TEST(a_fault_stops_the_process_and_is_told),
	    FIXTURE_TEST(the_others_go_on),
	    FIXTURE_TEST(policy_stop_leaves_it_faulted),
	    FIXTURE_TEST(policy_restart_restarts_up_to_its_limit),
	    FIXTURE_TEST(a_limit_of_0_restarts_nothing),
	    FIXTURE_TEST(the_policy_is_told_whose_fault_it_is),
	    FIXTURE_TEST(a_silent_policy_acts_at_once),
	    FIXTURE_TEST(a_fault_may_be_settled_from_inside_the_report),
	    FIXTURE_TEST(policy_panic_halts_the_system),
	    FIXTURE_TEST(a_process_is_described),
	    FIXTURE_TEST(what_a_process_waits_for_is_described),
	    FIXTURE_TEST(only_what_is_there_is_described),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
