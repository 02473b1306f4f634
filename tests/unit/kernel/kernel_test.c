/* Interrupts, panics, and where drivers are found. */

#include "fixture.h"
#include <kernel/process_control.h>

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static uint32_t line;

static void interrupt(void)
{
	kernel_interrupt(line);
}

static void an_interrupt_reaches_its_handler(void **state)
{
	(void)state;
	fixture_start_apps(1);
	line = FIXTURE_LINE;
	assert_int_equal(host_enter(interrupt), HOST_RETURNED);
	assert_int_equal(fixture.services, 1);
}

static void an_interrupt_without_a_handler_halts(void **state)
{
	const uint32_t lines[] = {0, FIXTURE_LINE - 1, FIXTURE_LINE + 1, FIXTURE_LINES, 0xffffffff};

	(void)state;
	fixture_start_apps(1);
	for (uint32_t i = 0; i < ARRAY_LENGTH(lines); i++) {
		line = lines[i];
		assert_int_equal(host_enter(interrupt), HOST_HALTED);
	}
	assert_int_equal(fixture.services, 0);
	assert_non_null(strstr(fixture.panic, "\r\nkernel panic: interrupt without a handler\r\n"));
}

static void fault_without_process(void)
{
	kernel_fault(&(struct fault){.cause = FAULT_OTHER});
}

static void a_fault_while_nobody_runs_halts(void **state)
{
	(void)state;
	fixture_start();
	assert_int_equal(host_enter(fault_without_process), HOST_HALTED);
	assert_non_null(strstr(fixture.panic, "fault without a process"));
}

static void kernel_faults(void)
{
	kernel_panic_fault(&(struct fault){.cause = FAULT_BUS, .address_valid = true, .address = 4},
			   0x1234, 0x5678, 0x9abc);
}

/* The message comes first; what is known goes to the reporter. */
static void a_fault_of_the_kernel_is_reported(void **state)
{
	(void)state;
	fixture_start();
	assert_int_equal(host_enter(kernel_faults), HOST_HALTED);
	assert_string_equal(fixture.panic, "\r\nkernel panic: fault in the kernel\r\n");
	assert_int_equal(fixture.reports, 1);
	assert_int_equal(fixture.report.fault.cause, FAULT_BUS);
	assert_int_equal(fixture.report.fault.address, 4);
	assert_int_equal(fixture.report.program_counter, 0x1234);
	assert_int_equal(fixture.report.link, 0x5678);
	assert_int_equal(fixture.report.stack_pointer, 0x9abc);
	assert_int_equal(fixture.report.trap_line, 0);
}

static void ask_for_panic(void)
{
	kernel_panic_request(SPAN_OF_TEXT("asked for"), NULL);
}

static void a_panic_on_request_has_no_fault(void **state)
{
	(void)state;
	fixture_start();
	assert_int_equal(host_enter(ask_for_panic), HOST_HALTED);
	assert_string_equal(fixture.panic, "\r\nkernel panic: asked for\r\n");
	assert_int_equal(fixture.reports, 1);
	assert_int_equal(fixture.report.fault.cause, FAULT_NONE);
	assert_int_equal(fixture.report.link, 0);
}

static void a_board_without_a_reporter_tells_the_message(void **state)
{
	(void)state;
	fixture.board.panic_reporter = NULL;
	fixture_start();
	assert_int_equal(host_enter(kernel_faults), HOST_HALTED);
	assert_string_equal(fixture.panic, "\r\nkernel panic: fault in the kernel\r\n");
}

static void a_panic_in_the_report_gets_one_line(void **state)
{
	(void)state;
	fixture.report_panics = true;
	fixture_start();
	assert_int_equal(host_enter(kernel_faults), HOST_HALTED);
	assert_string_equal(fixture.panic, "\r\nkernel panic: fault in the kernel\r\n"
					   "\r\nthe report ends here: again\r\n");
	assert_int_equal(fixture.reports, 1);
}

static void a_panic_in_the_last_line_halts(void **state)
{
	(void)state;
	fixture.report_panics = true;
	fixture.writer_panics = true;
	fixture_start();
	assert_int_equal(host_enter(kernel_faults), HOST_HALTED);
	assert_string_equal(fixture.panic, "\r\nkernel panic: fault in the kernel\r\n"
					   "\r\nthe report ends here: ");
	assert_int_equal(kernel.panics, 3);
}

static void a_panic_before_the_kernel_starts_halts_in_silence(void **state)
{
	(void)state;
	assert_int_equal(host_enter(kernel_faults), HOST_HALTED);
	assert_string_equal(fixture.panic, "");
}

static void drivers_are_found_by_number(void **state)
{
	const uint32_t absent[] = {0,       3,       0xffff,  0x10000,    0x20001,
				   0x30003, 0x30005, 0x40004, 0x80000001, 0xffffffff};

	(void)state;
	fixture_start();
	assert_ptr_equal(driver_find(TALKER), fixture.board.driver_groups[0].drivers[TALKER]);
	assert_ptr_equal(driver_find(LARGE), fixture.board.driver_groups[3].drivers[4]);
	for (uint32_t i = 0; i < ARRAY_LENGTH(absent); i++) {
		assert_null(driver_find(absent[i]));
	}
	assert_int_equal(kernel.grant_count, 2);
	assert_int_not_equal(driver_find(TALKER)->private_grant->private_index, 0);
	assert_int_not_equal(driver_find(LARGE)->private_grant->private_index,
			     driver_find(TALKER)->private_grant->private_index);
}

static void start(void)
{
	kernel_start(&fixture.board);
}

/* A board with `count` drivers that keep something. */
static enum host_exit start_with_drivers(uint32_t count)
{
	static const struct grant_layout layout = {.upcalls = 1};
	static struct grant grants[300];
	static struct driver drivers[300];
	static struct driver *places[300];
	const struct driver_group group = {places, count};

	fixture_teardown(NULL);
	fixture_setup(NULL);
	for (uint32_t i = 0; i < count; i++) {
		grants[i] = (struct grant){.private_layout = &layout};
		driver_bind(&drivers[i], NULL, &grants[i]);
		places[i] = &drivers[i];
	}
	fixture.board.driver_groups = &group;
	fixture.board.driver_group_count = 1;
	fixture_image(&(struct image){.minimum_ram = 0x2000});
	return host_enter(start);
}

static void a_board_has_at_most_255_grants(void **state)
{
	(void)state;
	assert_int_equal(start_with_drivers(255), HOST_RAN);
	assert_int_equal(kernel.grant_count, 255);
	assert_true(process_invariant_holds(fixture_process(0)));
	assert_int_equal(start_with_drivers(256), HOST_HALTED);
	assert_non_null(strstr(fixture.panic, "too many drivers with grants"));
}

/* A board whose only driver has this grant does not start. */
static void assert_refused(struct grant *grant, const char *why)
{
	static struct driver driver;
	static struct driver *places[] = {&driver};
	static const struct driver_group group = {places, 1};

	fixture_teardown(NULL);
	fixture_setup(NULL);
	driver_bind(&driver, NULL, grant);
	fixture.board.driver_groups = &group;
	fixture.board.driver_group_count = 1;
	fixture_image(&(struct image){.minimum_ram = 0x2000});
	assert_int_equal(host_enter(start), HOST_HALTED);
	assert_non_null(strstr(fixture.panic, why));
}

static void a_grant_was_set_up(void **state)
{
	static const struct grant_layout large = {.upcalls = UPCALL_NUMBERS + 1};

	(void)state;
	assert_refused(&(struct grant){0}, "a grant that was not set up");
	assert_refused(&(struct grant){.private_layout = &large}, "a grant with too many upcalls");
}

static void the_stack_may_be_where_the_process_has_ram(void **state)
{
	(void)state;
	fixture_start_apps(1);
	for (uint32_t size = 0; size < 0x400; size += 100) {
		fixture_call(MEMOP, 0, RUNNING->ram_start + size, 0, 0);
		assert_int_equal(RUNNING->context.stack_start, RUNNING->ram_start);
		assert_int_equal(RUNNING->context.stack_end, RUNNING->ram_start + size);
	}
	fixture_call(EXIT, 1, 0, 0, 0);
	assert_int_equal(RUNNING->context.stack_start, RUNNING->ram_start);
	assert_int_equal(RUNNING->context.stack_end, RUNNING->ram_start + CONTEXT_START_BYTES);
}

/* --- The resume client --- */

static const struct process_control_capability control;

static void only_processes_with_the_grant_are_told_of(void **state)
{
	(void)state;
	fixture.board.resume_client = fixture.resume_client;
	fixture_start_apps(2);
	assert_int_equal(fixture.resumptions, 0);
	fixture_call(COMMAND, TALKER, TALKER_COUNT, 0, 0);
	assert_int_equal(fixture.resumptions, 0); /* a call that returns */
	fixture_slice_expires();
	assert_int_equal(fixture.resumptions, 0);
	fixture_slice_expires();
	assert_int_equal(fixture.resumptions, 1);
	assert_true(process_id_equal(fixture.resumed, fixture_process(0)->id));
}

static void an_upcall_for_the_running_process_is_told(void **state)
{
	(void)state;
	fixture.board.resume_client = fixture.resume_client;
	fixture_start_apps(1);
	fixture_call(COMMAND, TALKER, TALKER_COUNT, 0, 0);
	fixture_event(RUNNING->id, 0, 0, 0, 0);
	assert_int_equal(fixture.resumptions, 1);
	fixture_call(ALLOW_USER_READABLE, TALKER, 0, RUNNING->ram_start, 4);
	assert_int_equal(fixture.resumptions, 2);
	fixture_call(COMMAND, TALKER, TALKER_SCHEDULE, 0, 0);
	assert_int_equal(fixture.resumptions, 3);
}

static void stop_resumed(void)
{
	fixture.resuming = NULL;
	process_stop(fixture.resumed, &control);
}

/* Nobody may be returned to who was stopped at the last moment. */
static void who_is_told_may_stop_the_process(void **state)
{
	(void)state;
	fixture.board.resume_client = fixture.resume_client;
	fixture_start_apps(2);
	fixture_call(COMMAND, TALKER, TALKER_COUNT, 0, 0);
	fixture_slice_expires();
	fixture.resuming = stop_resumed;
	fixture_slice_expires(); /* 0 is chosen, and stopped */
	assert_ptr_equal(RUNNING, fixture_process(1));
	assert_true(fixture_process(0)->is_stopped);
}

static void set_deferred_call(void)
{
	fixture.resuming = NULL;
	fixture_defer();
}

static void what_it_defers_runs_before_the_process(void **state)
{
	(void)state;
	fixture.board.resume_client = fixture.resume_client;
	fixture_start_apps(1);
	fixture_call(COMMAND, TALKER, TALKER_COUNT, 0, 0);
	fixture.resuming = set_deferred_call;
	fixture_event(RUNNING->id, 0, 0, 0, 0);
	assert_int_equal(fixture.deferred_runs, 1);
	assert_int_equal(fixture.resumptions, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    FIXTURE_TEST(an_interrupt_reaches_its_handler),
	    FIXTURE_TEST(an_interrupt_without_a_handler_halts),
	    FIXTURE_TEST(a_fault_while_nobody_runs_halts),
	    FIXTURE_TEST(a_fault_of_the_kernel_is_reported),
	    FIXTURE_TEST(a_panic_on_request_has_no_fault),
	    FIXTURE_TEST(a_board_without_a_reporter_tells_the_message),
	    FIXTURE_TEST(a_panic_in_the_report_gets_one_line),
	    FIXTURE_TEST(a_panic_in_the_last_line_halts),
	    FIXTURE_TEST(a_panic_before_the_kernel_starts_halts_in_silence),
	    FIXTURE_TEST(drivers_are_found_by_number),
	    FIXTURE_TEST(a_board_has_at_most_255_grants),
	    FIXTURE_TEST(a_grant_was_set_up),
	    FIXTURE_TEST(the_stack_may_be_where_the_process_has_ram),
	    FIXTURE_TEST(only_processes_with_the_grant_are_told_of),
	    FIXTURE_TEST(an_upcall_for_the_running_process_is_told),
	    FIXTURE_TEST(who_is_told_may_stop_the_process),
	    FIXTURE_TEST(what_it_defers_runs_before_the_process),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
