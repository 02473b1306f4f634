/* The report of a panic: what is told in which case. The maps are memory_map_test.c's. */

#include "fake_kernel.h"
#include <capsules/panic_report.h>
#include <string.h>

static struct fake_writer writer;
static struct fake_uart port;
static struct debug_log_queue queue;
static struct panic_report report;
static struct panic_description panic;
static uint8_t line_bytes[PANIC_REPORT_LINE], log_bytes[DEBUG_LOG_LINE];
static const struct process_inspect_capability inspect;
static const struct kernel_memory kernel = {
    .flash_start = 0, .flash_end = 0x10000, .ram_start = 0x20000000, .ram_end = 0x20002000};

static int start(void **state)
{
	struct buffer line = BUFFER_OVER(line_bytes);
	struct buffer log_line = BUFFER_OVER(log_bytes);

	(void)state;
	fake_kernel_reset();
	fake_writer_init(&writer);
	fake_uart_init(&port);
	debug_log_queue_init(&queue, &port.uart, &log_line);
	panic_report_init(&report, &writer.panic_writer, &line, &kernel, &inspect, &queue);
	panic = (struct panic_description){
	    .program_counter = 0x1234,
	    .stack_pointer = 0x20000400,
	    .stack_start = 0x20000000,
	    .stack_end = 0x20000500,
	};
	return 0;
}

static void tell(void)
{
	panic_reporter_report(&report.reporter, &panic);
}

static void a_panic_without_a_fault(void **state)
{
	(void)state;
	tell();
	fake_writer_expect(&writer,
			   "  program counter 0x00001234\r\n"
			   "  stack pointer 0x20000400, 256 of 1280 bytes of stack used\r\n"
			   "the system is halted\r\n");
}

static void a_trap(void **state)
{
	(void)state;
	panic.link = 0x5678;
	panic.trap_file = SPAN_OF_TEXT("capsules/console.c");
	panic.trap_line = 123;
	panic.fault = (struct fault){.cause = FAULT_ILLEGAL_INSTRUCTION, .status = 0x10000};
	tell();
	fake_writer_expect(&writer,
			   "  program counter 0x00001234, called from 0x00005678\r\n"
			   "  trap at capsules/console.c:123\r\n"
			   "  stack pointer 0x20000400, 256 of 1280 bytes of stack used\r\n"
			   "  cause: illegal instruction\r\n"
			   "  status 0x10000\r\n"
			   "the system is halted\r\n");
}

static void a_fault_with_an_address(void **state)
{
	(void)state;
	panic.fault = (struct fault){FAULT_WRITE, true, 0x30000000, 7};
	tell();
	assert_non_null(strstr(writer.log,
			       "  cause: wrote memory it may not\r\n"
			       "  address 0x30000000: no process's memory, nor the kernel's; "
			       "status 0x7\r\n"));
	writer.log_length = 0;
	panic.fault.address = 0x20000008;
	tell();
	assert_non_null(
	    strstr(writer.log, "  address 0x20000008: the kernel's RAM; status 0x7\r\n"));
}

static void an_overflow_of_the_kernels_stack(void **state)
{
	(void)state;
	panic.stack_pointer = 0x20000010;
	panic.fault = (struct fault){FAULT_WRITE, true, 0x1ffffff0, 7};
	tell();
	assert_non_null(strstr(writer.log,
			       "  stack pointer 0x20000010, 1264 of 1280 bytes of stack used\r\n"
			       "  cause: stack overflow, wrote memory it may not\r\n"));
}

static void every_process_is_told(void **state)
{
	static const struct read_span names[] = {SPAN_OF_TEXT("one"), SPAN_OF_TEXT("two")};
	const char *at;

	(void)state;
	for (uint32_t i = 0; i < 2; i++) {
		fake_process_start(2 * i);
		fake_processes[2 * i].description.name = names[i];
		fake_processes[2 * i].description.ram_end = 0x1000;
	}
	fake_processes[2].description.state = PROCESS_FAULTED;
	tell();
	at = strstr(writer.log, "App: one   -   [Running]\r\n Events Queued: 0");
	assert_non_null(at);
	at = strstr(at, "  memory map, ");
	assert_non_null(at);
	at = strstr(at, "App: two   -   [Faulted]\r\n");
	assert_non_null(at);
	at = strstr(at, "  memory map, ");
	assert_non_null(at);
	assert_non_null(strstr(at, "the system is halted\r\n"));
}

static void who_faulted_is_told_with_cause_and_registers(void **state)
{
	const char *at;

	(void)state;
	fake_process_start(0);
	fake_process_start(1);
	fake_processes[0].description.name = SPAN_OF_TEXT("well");
	fake_processes[1].description.name = SPAN_OF_TEXT("ill \x1b[2J");
	fake_processes[1].description.state = PROCESS_FAULTED;
	fake_processes[1].registers.count = 17;
	fake_processes[1].description.fault = (struct fault){FAULT_WRITE, true, 0x20000008, 7};
	tell();
	assert_null(strstr(writer.log, "had a fault")); /* it was stopped, and that was all */
	writer.log_length = 0;
	fake_settlement = FAULT_ACTION_PANIC;
	tell();
	writer.log[writer.log_length] = '\0';
	at = strstr(writer.log, "Process ill ?[2J had a fault\r\n  program counter 0x");
	assert_ptr_equal(at, writer.log);
	at = strstr(writer.log, "App: ill ?[2J   -   [Faulted]\r\n");
	assert_non_null(at);
	assert_null(strstr(at + 1, "App: "));
	at = strstr(at, "  cause: wrote memory it may not\r\n"
			"  address 0x20000008: the kernel's RAM; status 0x7\r\n"
			"  r0   ");
	assert_non_null(at);
	assert_non_null(strstr(at, "the system is halted\r\n"));
	assert_null(strstr(at + sizeof("  cause"), "cause"));
}

/* And they are left where they are: the log may be half-way through something. */
static void messages_that_wait_are_told(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < DEBUG_LOG_MESSAGES + 2; i++) {
		debug_log_1(&queue.log, SPAN_OF_TEXT("message {}"), i);
	}
	tell();
	assert_non_null(strstr(
	    writer.log, " used\r\nmessage 0\r\nmessage 1\r\nmessage 2\r\nmessage 3\r\nmessage 4\r\n"
			"message 5\r\nmessage 6\r\nmessage 7\r\n... 2 messages lost\r\n"
			"the system is halted\r\n"));
	assert_int_equal(queue.count, DEBUG_LOG_MESSAGES);
	assert_false(port.is_transmitting);
}

/* Whatever stands in it. */
static void a_log_in_disorder_does_no_harm(void **state)
{
	(void)state;
	queue.first = 0xffffffff;
	queue.count = 0xffffffff;
	queue.lost = 1;
	tell();
	assert_string_equal(&writer.log[writer.log_length - 22], "the system is halted\r\n");
}

static void no_log(void **state)
{
	struct buffer line = BUFFER_OVER(line_bytes);

	(void)state;
	panic_report_init(&report, &writer.panic_writer, &line, &kernel, &inspect, NULL);
	tell();
	assert_string_equal(&writer.log[writer.log_length - 22], "the system is halted\r\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(a_panic_without_a_fault, start),
	    cmocka_unit_test_setup(a_trap, start),
	    cmocka_unit_test_setup(a_fault_with_an_address, start),
	    cmocka_unit_test_setup(an_overflow_of_the_kernels_stack, start),
	    cmocka_unit_test_setup(every_process_is_told, start),
	    cmocka_unit_test_setup(who_faulted_is_told_with_cause_and_registers, start),
	    cmocka_unit_test_setup(messages_that_wait_are_told, start),
	    cmocka_unit_test_setup(a_log_in_disorder_does_no_harm, start),
	    cmocka_unit_test_setup(no_log, start),
	};

	return cmocka_run_group_tests_name("panic_report", tests, NULL, NULL);
}
