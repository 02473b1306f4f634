/* The process reporter: clauses F1 to F5. */

#include "fake_kernel.h"
#include <capsules/console.h>
#include <capsules/process_reporter.h>
#include <capsules/virtual_uart.h>
#include <stdio.h>
#include <string.h>

static const struct process_inspect_capability inspect;
static const struct process_control_capability control;
static const struct kernel_memory kernel = {
    .flash_start = 0x0,
    .flash_end = 0x10000,
    .ram_start = 0x20000000,
    .ram_end = 0x20002000,
};
static struct fake_uart port;
static struct fake_writer writer;
static struct process_reporter reporter;
static uint8_t line_bytes[PROCESS_REPORTER_LINE];
static struct process_id ids[FAKE_PROCESSES];

static void start_over(struct uart *uart)
{
	struct buffer line = BUFFER_OVER(line_bytes);

	memset(&reporter, 0xff, sizeof(reporter));
	reporter.deferred = (struct deferred_call){0};
	process_reporter_init(&reporter, uart, &writer.panic_writer, &line, &kernel);
	process_reporter_trust(&reporter, &inspect, &control);
}

static void start_process(uint32_t slot)
{
	static const char *const names[FAKE_PROCESSES] = {"zero", "one", "two", "three"};
	struct process *process = &fake_processes[slot];
	struct process_description *description = &process->description;

	ids[slot] = fake_process_start(slot);
	description->name =
	    (struct read_span){(const uint8_t *)names[slot], (uint32_t)strlen(names[slot])};
	description->flash_start = 0x10000 + slot * 0x4000;
	description->flash_app = description->flash_start + 0x80;
	description->flash_end = description->flash_start + 0x4000;
	description->ram_start = 0x20002000 + slot * 0x2000;
	description->app_break = description->ram_start + 0x800;
	description->kernel_break = description->ram_start + 0x1c00;
	description->ram_end = description->ram_start + 0x2000;
	description->stack_pointer = description->ram_start + 0x400;
	process->registers.count = 17;
}

static int start(void **state)
{
	(void)state;
	fake_kernel_reset();
	fake_uart_init(&port);
	fake_writer_init(&writer);
	start_over(&port.uart);
	for (uint32_t i = 0; i < FAKE_PROCESSES; i++) {
		start_process(i);
	}
	return 0;
}

static void fault(uint32_t slot, enum fault_cause cause, uint32_t address)
{
	struct process_description *description = &fake_processes[slot].description;

	description->state = PROCESS_FAULTED;
	description->fault = (struct fault){cause, true, address, 0x82};
	fake_processes[slot].is_alive = false;
	fake_is_inside_call = true;
	observer_faulted(&reporter.observer, ids[slot]);
	fake_is_inside_call = false;
}

static void loaded(enum load_outcome outcome)
{
	struct load_result result = {
	    .outcome = outcome, .flash_start = 0x14000, .name = SPAN_OF_TEXT("app")};

	observer_loaded(&reporter.observer, &result);
}

static void load_lines_go_through_the_panic_writer(void **state)
{
	(void)state;
	loaded(LOAD_STARTED);
	loaded(LOAD_PADDING);
	fake_writer_expect(&writer, "");
	loaded(LOAD_DISABLED);
	loaded(LOAD_STARTED);
	loaded(LOAD_BAD_CHECKSUM);
	fake_writer_expect(
	    &writer,
	    "application app at 0x00014000 not started: it is disabled\r\n"
	    "application app at 0x00014000 not started: its header has a wrong checksum\r\n");
	for (uint32_t outcome = LOAD_DISABLED; outcome <= LOAD_ENDLESS; outcome++) {
		writer.log_length = 0;
		loaded(outcome);
		assert_non_null(strstr(writer.log, "not started: "));
		assert_string_equal(&writer.log[writer.log_length - 2], "\r\n");
	}
	assert_false(port.is_transmitting);
}

static void whole_report(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < 17; i++) {
		fake_processes[1].registers.values[i] = i;
	}
	fake_processes[1].description.system_calls = 12;
	fault(1, FAULT_WRITE, 0x20000400);
	fake_uart_drain(&port);
	fake_uart_expect(&port,
			 "\r\nprocess one (pid 2) faulted: wrote memory it may not\r\n"
			 "  address 0x20000400: the kernel's RAM; status 0x82\r\n"
			 "  r0   00000000  r1   00000001  r2   00000002  r3   00000003\r\n"
			 "  r4   00000004  r5   00000005  r6   00000006  r7   00000007\r\n"
			 "  r8   00000008  r9   00000009  r10  0000000a  r11  0000000b\r\n"
			 "  r12  0000000c  sp   0000000d  lr   0000000e  pc   0000000f\r\n"
			 "  psr  00000010\r\n"
			 "  memory map, a line of RAM is 512 bytes, of flash 4096\r\n"
			 "  20006000 +-----------------------------------+\r\n"
			 "           | grants and control data 1024      |\r\n"
			 "           |                                   |\r\n"
			 "  20005c00 +-----------------------------------+\r\n"
			 "           | unused                  5120      |\r\n"
			 "           |                                   |\r\n"
			 "           |                                   |\r\n"
			 "           |                                   |\r\n"
			 "           |                                   |\r\n"
			 "           |                                   |\r\n"
			 "           |                                   |\r\n"
			 "           |                                   |\r\n"
			 "           |                                   |\r\n"
			 "           |                                   |\r\n"
			 "  20004800 +-----------------------------------+\r\n"
			 "           | heap, data, stack       2048      |\r\n"
			 "           |                                   | <- sp\r\n"
			 "           |                                   |\r\n"
			 "           |                                   |\r\n"
			 "  20004000 +-----------------------------------+\r\n"
			 "\r\n"
			 "  00018000 +-----------------------------------+\r\n"
			 "           | program                 16256     |\r\n"
			 "           |                                   |\r\n"
			 "           |                                   |\r\n"
			 "  00014080 +-----------------------------------+\r\n"
			 "           | header and protected    128       |\r\n"
			 "  00014000 +-----------------------------------+\r\n"
			 "  system calls 12, upcalls dropped 0, slices expired 0, restarts 0\r\n"
			 "process one stopped\r\n");
	assert_int_equal(fake_processes[1].settled, 1);
	assert_int_equal(fake_processes[0].settled, 0);
}

static void last_line_says_what_the_policy_does(void **state)
{
	(void)state;
	fake_settlement = FAULT_ACTION_RESTART;
	fault(2, FAULT_OTHER, 0);
	fake_uart_drain(&port);
	assert_string_equal(&port.log[port.log_length - 24], "\r\nprocess two restarts\r\n");
	fake_settlement = FAULT_ACTION_PANIC;
	fault(1, FAULT_OTHER, 0);
	fake_uart_drain(&port);
	assert_string_equal(&port.log[port.log_length - 32],
			    "\r\nprocess one halts the system\r\n");
}

static void policy_acts_only_when_the_last_line_is_out(void **state)
{
	uint32_t lines = 0;

	(void)state;
	fault(0, FAULT_WRITE, 4);
	while (port.is_transmitting) {
		assert_int_equal(fake_processes[0].settled, 0);
		lines++;
		fake_uart_finish(&port);
	}
	assert_int_equal(lines, 38);
	assert_int_equal(fake_processes[0].settled, 1);
	fake_deferred_calls_run();
	assert_int_equal(fake_processes[0].settled, 1);
}

static void all_lines_but_the_last_announce_more(void **state)
{
	(void)state;
	fault(0, FAULT_WRITE, 4);
	for (uint32_t i = 0; i < 37; i++) {
		assert_true(port.transmit_more);
		assert_true(port.transmit_length <= 82);
		fake_uart_finish(&port);
	}
	assert_false(port.transmit_more);
}

static void two_faults_at_once_are_both_reported(void **state)
{
	(void)state;
	fault(2, FAULT_WRITE, 4);
	fake_uart_finish(&port);
	fault(3, FAULT_WRITE, 4);
	fault(0, FAULT_ILLEGAL_INSTRUCTION, 4);
	fake_uart_drain(&port);

	const char *two = strstr(port.log, "\r\nprocess two (pid 3) faulted: ");
	const char *two_end = strstr(port.log, "process two stopped\r\n");
	const char *zero =
	    strstr(port.log, "\r\nprocess zero (pid 1) faulted: illegal instruction\r\n");
	const char *zero_end = strstr(port.log, "process zero stopped\r\n");
	const char *three = strstr(port.log, "\r\nprocess three (pid 4) faulted: ");
	const char *three_end = strstr(port.log, "process three stopped\r\n");

	assert_true(two == port.log && two_end != NULL && zero != NULL && zero_end != NULL &&
		    three != NULL && three_end != NULL);
	assert_true(two < two_end && two_end < zero && zero < zero_end && zero_end < three &&
		    three < three_end);
	assert_ptr_equal(zero, two_end + strlen("process two stopped\r\n"));
	for (uint32_t i = 0; i < FAKE_PROCESSES; i++) {
		assert_int_equal(fake_processes[i].settled, i == 1 ? 0 : 1);
	}
}

static void restarted_process_is_reported_again(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < 3; i++) {
		char first_line[64];

		fault(1, FAULT_WRITE, 4);
		fake_uart_drain(&port);
		snprintf(first_line, sizeof(first_line),
			 "\r\nprocess one (pid %u) faulted: ", process_id_number(ids[1]));
		assert_memory_equal(port.log, first_line, strlen(first_line));
		assert_int_equal(fake_processes[1].settled, 1);
		port.log_length = 0;
		start_process(1);
	}
}

/* A process that was killed meanwhile, by somebody else, is let go; the next one has its turn. */
static void process_that_goes_away_ends_its_report(void **state)
{
	(void)state;
	fault(1, FAULT_WRITE, 4);
	fault(2, FAULT_WRITE, 4);
	fake_uart_finish(&port);
	start_process(1);
	fake_uart_finish(&port);
	assert_string_equal(&port.log[port.log_length - 2], "\r\n");
	fake_processes[2].description.state = PROCESS_TERMINATED;
	fault(3, FAULT_WRITE, 4);
	fake_uart_drain(&port);
	assert_null(strstr(port.log, "process one stopped"));
	assert_null(strstr(port.log, "process two stopped"));
	assert_non_null(strstr(port.log, "process three stopped"));
	assert_int_equal(fake_processes[1].settled, 0);
	assert_int_equal(fake_processes[3].settled, 1);
}

static void failing_port_does_not_keep_processes_frozen(void **state)
{
	(void)state;
	port.refuse_transmit = ERROR_OFF;
	fault(0, FAULT_WRITE, 4);
	fault(1, FAULT_WRITE, 4);
	assert_int_equal(fake_processes[0].settled, 0); /* not from inside faulted() */
	fake_deferred_calls_run();
	assert_int_equal(fake_processes[0].settled, 1);
	assert_int_equal(fake_processes[1].settled, 1);
	port.refuse_transmit = ERROR_NONE;
	fault(2, FAULT_WRITE, 4);
	fake_uart_fail(&port, 1, ERROR_FAIL);
	assert_int_equal(fake_processes[2].settled, 1);
	assert_false(port.is_transmitting);
	fault(3, FAULT_WRITE, 4);
	fake_uart_drain(&port);
	assert_int_equal(fake_processes[3].settled, 1);
}

static void hostile_names_are_made_harmless(void **state)
{
	(void)state;
	fake_processes[0].description.name =
	    SPAN_OF_TEXT("\x1b[2J\r\nkernel: all is well 0123456789");
	fault(0, FAULT_STACK, 4);
	fake_uart_drain(&port);
	assert_non_null(
	    strstr(port.log, "\r\nprocess ?[2J??kernel: all is well 012345 (pid 1) faulted: "));
	assert_null(strchr(port.log, '\x1b'));
}

/* Over virtual ports: a process writes all the while, the report stays in one piece. */
static void report_is_not_interleaved_with_console_writes(void **state)
{
	static struct virtual_uart_mux mux;
	static struct virtual_uart ports[2];
	static struct console console;
	static uint8_t byte[1], write_bytes[4], read_bytes[4];
	struct buffer receive = BUFFER_OVER(byte);
	struct buffer write = BUFFER_OVER(write_bytes);
	struct buffer read = BUFFER_OVER(read_bytes);
	uint32_t writes = 0;

	(void)state;
	virtual_uart_mux_init(&mux, &port.uart, &receive);
	virtual_uart_init(&ports[0], &mux);
	virtual_uart_init(&ports[1], &mux);
	start_over(&ports[0].uart);
	console_init(&console, &ports[1].uart, &write, &read, NULL);
	fake_share_read_only(0, 1, "<console>", 9);
	EXPECT_SUCCESS(fake_command(&console.driver, ids[0], 1, 9, 0));
	fault(1, FAULT_WRITE, 4);
	for (uint32_t i = 0; i < 200; i++) {
		if (port.is_transmitting) {
			fake_uart_finish(&port);
		}
		if (fake_processes[0].upcall_count > 0) {
			fake_processes[0].upcall_count = 0;
			writes++;
			EXPECT_SUCCESS(fake_command(&console.driver, ids[0], 1, 9, 0));
		}
	}

	const char *first = strstr(port.log, "\r\nprocess one");
	const char *end = strstr(port.log, "process one stopped\r\n");
	const char *after = strstr(first, "<console>");

	assert_true(writes > 10);
	assert_ptr_equal(first, port.log + 9);
	assert_ptr_equal(after, end + strlen("process one stopped\r\n"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(load_lines_go_through_the_panic_writer, start),
	    cmocka_unit_test_setup(whole_report, start),
	    cmocka_unit_test_setup(last_line_says_what_the_policy_does, start),
	    cmocka_unit_test_setup(policy_acts_only_when_the_last_line_is_out, start),
	    cmocka_unit_test_setup(all_lines_but_the_last_announce_more, start),
	    cmocka_unit_test_setup(two_faults_at_once_are_both_reported, start),
	    cmocka_unit_test_setup(restarted_process_is_reported_again, start),
	    cmocka_unit_test_setup(process_that_goes_away_ends_its_report, start),
	    cmocka_unit_test_setup(failing_port_does_not_keep_processes_frozen, start),
	    cmocka_unit_test_setup(hostile_names_are_made_harmless, start),
	    cmocka_unit_test_setup(report_is_not_interleaved_with_console_writes, start),
	};

	return cmocka_run_group_tests_name("process_reporter", tests, NULL, NULL);
}
