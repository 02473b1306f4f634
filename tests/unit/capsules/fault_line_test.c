/* The single lines of a fault report. */

#include "fake_kernel.h"
#include <capsules/fault_line.h>
#include <stdio.h>
#include <string.h>

static const struct process_inspect_capability inspect;
static const struct kernel_memory kernel = {
    .flash_start = 0x0,
    .flash_end = 0x10000,
    .ram_start = 0x20000000,
    .ram_end = 0x20002000,
};
static uint8_t bytes[128];
static struct text line;
static struct process_description *process;

static void begin(void)
{
	struct buffer buffer = BUFFER_OVER(bytes);

	memset(bytes, 0, sizeof(bytes));
	text_restart(&line, &buffer);
}

static void expect(const char *expected)
{
	assert_true(line.length <= 80);
	bytes[line.length] = '\0';
	assert_string_equal((char *)bytes, expected);
}

static int start(void **state)
{
	(void)state;
	fake_kernel_reset();
	for (uint32_t i = 0; i < 2; i++) {
		fake_process_start(i);
		process = &fake_processes[i].description;
		process->flash_start = 0x10000 + i * 0x4000;
		process->flash_app = process->flash_start + 0x80;
		process->flash_end = process->flash_start + 0x4000;
		process->ram_start = 0x20002000 + i * 0x2000;
		process->app_break = process->ram_start + 0x800;
		process->kernel_break = process->ram_start + 0x1c00;
		process->ram_end = process->ram_start + 0x2000;
		process->stack_pointer = process->ram_start + 0x400;
	}
	fake_processes[0].description.name = SPAN_OF_TEXT("neighbour");
	process->name = SPAN_OF_TEXT("culprit");
	begin();
	return 0;
}

static void every_cause_has_its_words(void **state)
{
	static const char *const words[] = {
	    [FAULT_NONE] = "no cause is known",
	    [FAULT_DATA_ACCESS] = "accessed memory it may not",
	    [FAULT_READ] = "read memory it may not",
	    [FAULT_WRITE] = "wrote memory it may not",
	    [FAULT_EXECUTE] = "jumped to memory it may not execute",
	    [FAULT_STACK] = "its stack pointer is bad",
	    [FAULT_ILLEGAL_INSTRUCTION] = "illegal instruction",
	    [FAULT_ILLEGAL_STATE] = "jumped to an address without the Thumb bit",
	    [FAULT_MISALIGNED] = "misaligned access",
	    [FAULT_DIVIDE_BY_ZERO] = "division by zero",
	    [FAULT_BREAKPOINT] = "breakpoint without a debugger",
	    [FAULT_BUS] = "nothing answered at an address it may use",
	    [FAULT_UNKNOWN_SYSTEM_CALL] = "system call that does not exist",
	    [FAULT_REQUESTED] = "somebody asked for it",
	    [FAULT_OTHER] = "fault of the hardware's own kind",
	    [FAULT_OTHER + 1] = "fault of the hardware's own kind",
	};

	(void)state;
	for (uint32_t i = 0; i < ARRAY_LENGTH(words); i++) {
		process->fault.cause = i;
		begin();
		fault_line_add_cause(&line, process);
		expect(words[i]);
	}
}

/* Offsets from the start of the RAM. */
static void stack_overflow_is_recognised(void **state)
{
	static const struct {
		enum fault_cause cause;
		bool address_valid;
		int32_t address;
		int32_t stack_pointer;
		bool is_overflow;
	} cases[] = {
	    {FAULT_WRITE, true, -4, 4, true},        /* a push that failed */
	    {FAULT_DATA_ACCESS, true, -4, -8, true}, /* the pointer moved first */
	    {FAULT_READ, true, -4096, -4096, true},  {FAULT_WRITE, true, -4097, -4096, false},
	    {FAULT_WRITE, true, -4, -4097, false},   {FAULT_WRITE, true, -4, 127, true},
	    {FAULT_WRITE, true, -4, 128, false},  /* a wild pointer */
	    {FAULT_WRITE, true, 0, 4, false},     /* not under the RAM */
	    {FAULT_WRITE, true, 0x900, 4, false}, /* above the break */
	    {FAULT_WRITE, false, -4, 4, false},      {FAULT_STACK, false, 0, 16, true},
	    {FAULT_STACK, false, 0, -64, true},      {FAULT_STACK, false, 0, 0x1000, false},
	    {FAULT_EXECUTE, true, -4, 4, false},     {FAULT_BUS, true, -4, 4, false},
	};

	(void)state;
	for (uint32_t i = 0; i < ARRAY_LENGTH(cases); i++) {
		process->fault =
		    (struct fault){.cause = cases[i].cause,
				   .address_valid = cases[i].address_valid,
				   .address = process->ram_start + (uint32_t)cases[i].address};
		process->stack_pointer = process->ram_start + (uint32_t)cases[i].stack_pointer;
		begin();
		fault_line_add_cause(&line, process);
		bytes[line.length] = '\0';
		assert_int_equal(strncmp((char *)bytes, "stack overflow, ", 16) == 0,
				 cases[i].is_overflow);
	}
	/* Nothing lies under address 0. */
	process->ram_start = 16;
	process->stack_pointer = 4;
	process->fault = (struct fault){FAULT_WRITE, true, 0, 0};
	begin();
	fault_line_add_cause(&line, process);
	expect("stack overflow, wrote memory it may not");
}

static void owner_of_the_address_is_named(void **state)
{
	static const struct {
		uint32_t address;
		const char *owner;
	} cases[] = {
	    {0x0, "a null pointer? the kernel's flash"},
	    {0xff, "a null pointer? the kernel's flash"},
	    {0x100, "the kernel's flash"},
	    {0xffff, "the kernel's flash"},
	    {0x10000, "flash of process neighbour"},
	    {0x14000, "its own header in flash"},
	    {0x14080, "its own program in flash"},
	    {0x17fff, "its own program in flash"},
	    {0x18000, "no process's memory, nor the kernel's"},
	    {0x20000000, "the kernel's RAM"},
	    {0x20001fff, "the kernel's RAM"},
	    {0x20002000, "RAM of process neighbour"},
	    {0x20003fff, "RAM of process neighbour"},
	    {0x20004000, "its own RAM"},
	    {0x20004800, "its RAM above the break"},
	    {0x20005c00, "its grants, which are the kernel's"},
	    {0x20005fff, "its grants, which are the kernel's"},
	    {0x20006000, "no process's memory, nor the kernel's"},
	    {0xffffffff, "no process's memory, nor the kernel's"},
	};

	(void)state;
	for (uint32_t i = 0; i < ARRAY_LENGTH(cases); i++) {
		char expected[128];

		process->fault = (struct fault){FAULT_WRITE, true, cases[i].address, 0x82};
		begin();
		fault_line_add_address(&line, process, &kernel, &inspect);
		snprintf(expected, sizeof(expected), "  address 0x%08x: %s; status 0x82",
			 cases[i].address, cases[i].owner);
		expect(expected);
	}
	/* The neighbour's RAM is not so large after all. */
	fake_processes[0].description.ram_end = 0x20003000;
	process->fault.address = 0x20003ff8;
	begin();
	fault_line_add_address(&line, process, &kernel, &inspect);
	expect("  address 0x20003ff8: 8 bytes below its RAM, nobody's; status 0x82");

	process->fault.address_valid = false;
	begin();
	fault_line_add_address(&line, process, &kernel, &inspect);
	expect("  status 0x82");
}

static bool row(uint32_t number)
{
	begin();
	return fault_line_add_registers(&line, process->id, number, &inspect);
}

static void registers_are_shown_four_to_a_row(void **state)
{
	struct process_registers *registers = &fake_processes[1].registers;

	(void)state;
	registers->count = 17;
	for (uint32_t i = 0; i < registers->count; i++) {
		registers->values[i] = 0x11111111 * (i % 15);
	}
	assert_true(row(0));
	expect("  r0   00000000  r1   11111111  r2   22222222  r3   33333333");
	assert_true(row(3));
	expect("  r12  cccccccc  sp   dddddddd  lr   eeeeeeee  pc   00000000");
	assert_true(row(4));
	expect("  psr  11111111");
	assert_false(row(5));
	registers->count = 16;
	assert_true(row(3));
	assert_false(row(4));
	registers->count = PROCESS_REGISTERS_MAX;
	assert_true(row(7));
	assert_false(row(8));
}

/* What was on a stack that cannot be read is not shown as zeros. */
static void unknown_registers_are_dashes(void **state)
{
	struct process_registers *registers = &fake_processes[1].registers;

	(void)state;
	registers->count = 17;
	registers->missing = 0x1d00f;
	registers->values[4] = 4;
	registers->values[13] = 0xd;
	assert_true(row(0));
	expect("  r0   --------  r1   --------  r2   --------  r3   --------");
	assert_true(row(1));
	expect("  r4   00000004  r5   00000000  r6   00000000  r7   00000000");
	assert_true(row(3));
	expect("  r12  --------  sp   0000000d  lr   --------  pc   --------");
	assert_true(row(4));
	expect("  psr  --------");
}

static void missing_registers_are_admitted(void **state)
{
	(void)state;
	fake_processes[1].registers.count = 0;
	assert_true(row(0));
	expect("  the registers could not be read");
	assert_false(row(1));
}

static void counts_are_shown(void **state)
{
	(void)state;
	process->system_calls = 1234;
	process->upcalls_dropped = 5;
	process->slices_expired = 67;
	process->restarts = 8;
	fault_line_add_counts(&line, process);
	expect("  system calls 1234, upcalls dropped 5, slices expired 67, restarts 8");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(every_cause_has_its_words, start),
	    cmocka_unit_test_setup(stack_overflow_is_recognised, start),
	    cmocka_unit_test_setup(owner_of_the_address_is_named, start),
	    cmocka_unit_test_setup(registers_are_shown_four_to_a_row, start),
	    cmocka_unit_test_setup(unknown_registers_are_dashes, start),
	    cmocka_unit_test_setup(missing_registers_are_admitted, start),
	    cmocka_unit_test_setup(counts_are_shown, start),
	};

	return cmocka_run_group_tests_name("fault_line", tests, NULL, NULL);
}
