/* Every system call by its registers: order of checks, exact answers, registers that must be kept.
 * Numbers in brackets are those of the probe list (ABI, section 11). */

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

enum {
	ABSENT = 0x77,
	OUTSIDE = 0x30000000,
	KEPT = 0xdead,
	DATA = 7,
};

/* An application with room to work in: its break at RAM + 0x200, and a protected part. */
static struct process *start_one(void)
{
	fixture_image(&(struct image){.name = "one",
				      .minimum_ram = 0x1000,
				      .protected_size = 64,
				      .region_count = 2,
				      .regions = {{0x400, 0x100}, {0x500, 0}}});
	fixture_start();

	struct process *process = RUNNING;

	assert_registers(fixture_call(MEMOP, 0, process->ram_start + 0x200, KEPT, KEPT), 128,
			 process->ram_start + 0x200, KEPT, KEPT);
	return process;
}

static uint32_t app_start(void)
{
	return RUNNING->flash_app;
}

static uint32_t ram(uint32_t offset)
{
	return RUNNING->ram_start + offset;
}

/* --- Start --- */

static void a_process_starts_with_four_arguments(void **state)
{
	(void)state;
	fixture_image(
	    &(struct image){.minimum_ram = 0x1000, .protected_size = 64, .init_offset = 72});
	fixture_start();

	const struct process *process = RUNNING;
	const uint32_t *arguments = context_arguments(&RUNNING->context);
	const struct image same = {.protected_size = 64};
	uint32_t header = image_header_size(&same);

	assert_int_equal(arguments[0], FIXTURE_FLASH + header + 64);
	assert_int_equal(arguments[1], process->ram_start);
	assert_int_equal(arguments[2], process->ram_end - process->ram_start);
	assert_int_equal(arguments[3], process->ram_start + CONTEXT_START_BYTES);
	assert_int_equal(process->context.program_counter, FIXTURE_FLASH + header + 72);
	assert_int_equal(process->context.stack_pointer, process->ram_start);
	assert_int_equal(process->app_break, process->ram_start + CONTEXT_START_BYTES);
}

/* --- Command [1-5] --- */

static void command_of_an_absent_driver_fails(void **state)
{
	(void)state;
	start_one();

	const uint32_t absent[] = {ABSENT,     NO_DRIVER,  0x3,        0x10000,   0x20001,
				   0x30003,    0x30005,    0x40000,    0x10001,   0xffffffff,
				   0xffff0001, 0x80000001, 0x80000000, 0x00010001};

	for (uint32_t i = 0; i < ARRAY_LENGTH(absent); i++) {
		assert_registers(fixture_call(COMMAND, absent[i], 0, KEPT, KEPT), 0, ERROR_NODEVICE,
				 KEPT, KEPT);
	}
}

static void command_answers_only_what_its_variant_defines(void **state)
{
	(void)state;
	start_one();
	assert_registers(fixture_call(COMMAND, TALKER, TALKER_EXISTS, KEPT, KEPT), 128,
			 TALKER_EXISTS, KEPT, KEPT);
	assert_registers(fixture_call(COMMAND, TALKER, 99, KEPT, KEPT), 0, ERROR_NOSUPPORT, KEPT,
			 KEPT);
	assert_registers(fixture_call(COMMAND, PLAIN, 0, KEPT, KEPT), 129, 4, KEPT, KEPT);
	assert_registers(fixture_call(COMMAND, PLAIN, 1, 21, 22), 130, 21, 22, 22);
	assert_registers(fixture_call(COMMAND, LARGE, 0, KEPT, KEPT), 129, 0, KEPT, KEPT);
}

static void each_variant_writes_its_number_of_registers(void **state)
{
	static const struct {
		uint32_t variant, values;
	} variants[] = {{0, 1}, {128, 0}, {129, 1}, {130, 2}, {131, 2}, {132, 3}};

	(void)state;
	start_one();
	for (uint32_t i = 0; i < ARRAY_LENGTH(variants); i++) {
		uint32_t expected[3] = {TALKER_ANSWER, KEPT, KEPT};

		for (uint32_t j = 0; j < variants[i].values; j++) {
			expected[j] = 100 + j;
		}
		fixture.answer = (struct fixture_answer){variants[i].variant, {100, 101, 102}};
		assert_registers(fixture_call(COMMAND, TALKER, TALKER_ANSWER, KEPT, KEPT),
				 variants[i].variant, expected[0], expected[1], expected[2]);
	}
}

/* --- Subscribe [6-11, 22] --- */

static void subscribe_swaps(void **state)
{
	(void)state;
	start_one();

	uint32_t f = app_start();

	assert_registers(fixture_call(SUBSCRIBE, TALKER, 1, f, DATA), 130, 0, 0, DATA);
	assert_registers(fixture_call(SUBSCRIBE, TALKER, 1, f, DATA), 130, f, DATA, DATA);
	assert_registers(fixture_call(SUBSCRIBE, TALKER, 1, 0, 0), 130, f, DATA, 0);
	assert_registers(fixture_call(SUBSCRIBE, TALKER, 1, 0, 9), 130, 0, 0, 9);
	assert_registers(fixture_call(SUBSCRIBE, TALKER, 2, f, 1), 130, 0, 0, 1);
	assert_registers(fixture_call(SUBSCRIBE, TALKER, 0, f, 1), 130, 0, 0, 1);
	assert_registers(fixture_call(SUBSCRIBE, TALKER, 1, f, 1), 130, 0, 9, 1);
}

static void subscribe_checks_pointer_then_driver_then_grant_then_number(void **state)
{
	(void)state;
	start_one();

	uint32_t f = app_start();

	assert_registers(fixture_call(SUBSCRIBE, ABSENT, 200, OUTSIDE, DATA), 2, ERROR_INVAL,
			 OUTSIDE, DATA);
	assert_registers(fixture_call(SUBSCRIBE, ABSENT, 200, f, DATA), 2, ERROR_NODEVICE, f, DATA);
	assert_registers(fixture_call(SUBSCRIBE, PLAIN, 0, OUTSIDE, DATA), 2, ERROR_INVAL, OUTSIDE,
			 DATA);
	assert_registers(fixture_call(SUBSCRIBE, PLAIN, 0, f, DATA), 2, ERROR_NOMEM, f, DATA);
	assert_registers(fixture_call(SUBSCRIBE, PLAIN, 0, 0, 0), 2, ERROR_NOMEM, 0, 0);
	assert_registers(fixture_call(SUBSCRIBE, TALKER, TALKER_UPCALLS, OUTSIDE, DATA), 2,
			 ERROR_INVAL, OUTSIDE, DATA);
}

static void subscribe_to_a_missing_number_leaves_the_grant(void **state)
{
	(void)state;

	struct process *process = start_one();
	uint32_t before = process->kernel_break;
	uint32_t f = app_start();

	assert_registers(fixture_call(SUBSCRIBE, TALKER, 200, f, DATA), 2, ERROR_NOSUPPORT, f,
			 DATA);
	assert_true(process->kernel_break < before);
	before = process->kernel_break;
	assert_registers(fixture_call(SUBSCRIBE, TALKER, TALKER_UPCALLS, 0, DATA), 2,
			 ERROR_NOSUPPORT, 0, DATA);
	assert_registers(fixture_call(SUBSCRIBE, TALKER, 256, f, DATA), 2, ERROR_NOSUPPORT, f,
			 DATA);
	assert_registers(fixture_call(SUBSCRIBE, TALKER, 0xffffffff, f, DATA), 2, ERROR_NOSUPPORT,
			 f, DATA);
	assert_int_equal(process->kernel_break, before);
}

static void a_failed_subscribe_keeps_the_old_one_and_its_events(void **state)
{
	(void)state;

	struct process *process = start_one();
	uint32_t f = app_start();

	fixture_call(SUBSCRIBE, TALKER, 1, f, DATA);
	fixture_event(process->id, 1, 11, 12, 13);
	assert_registers(fixture_call(SUBSCRIBE, TALKER, 1, OUTSIDE, 8), 2, ERROR_INVAL, OUTSIDE,
			 8);
	assert_int_equal(process->queue_length, 1);
	assert_registers(fixture_call(YIELD, 1, 0, 0, 0), 11, 12, 13, DATA);
	assert_registers(fixture_call(SUBSCRIBE, TALKER, 1, 0, 0), 130, f, DATA, 0);
}

static void the_function_must_lie_in_own_executable_or_ram(void **state)
{
	(void)state;

	const struct process *process = start_one();
	uint32_t f = process->flash_app;
	const struct {
		uint32_t function;
		bool valid;
	} cases[] = {
	    {f, true},
	    {f - 1, false},
	    {process->flash_start, false},
	    {f - 4, false},
	    {process->flash_end - 4, true},
	    {process->flash_end - 3, false},
	    {process->flash_end, false},
	    {ram(0), true},
	    {ram(0) - 1, false},
	    {ram(0) - 4, false},
	    {process->app_break - 4, true},
	    {process->app_break - 3, false},
	    {process->app_break, false},
	    {process->kernel_break, false},
	    {0xffffffff, false},
	    {0xfffffffc, false},
	    {1, false},
	    {4, false},
	    {0, true},
	};

	for (uint32_t i = 0; i < ARRAY_LENGTH(cases); i++) {
		struct registers after = fixture_call(SUBSCRIBE, TALKER, 0, cases[i].function, i);

		assert_int_equal(after.r[0], cases[i].valid ? 130 : 2);
		if (!cases[i].valid) {
			assert_registers(after, 2, ERROR_INVAL, cases[i].function, i);
		}
	}
}

/* --- Allow [12-21] --- */

static void allow_swaps_and_keeps_read_only_and_read_write_apart(void **state)
{
	(void)state;
	start_one();
	assert_registers(fixture_call(ALLOW_READ_ONLY, TALKER, 1, ram(8), 4), 130, 0, 0, 4);
	assert_registers(fixture_call(ALLOW_READ_WRITE, TALKER, 1, ram(16), 6), 130, 0, 0, 6);
	assert_registers(fixture_call(ALLOW_READ_ONLY, TALKER, 1, ram(9), 5), 130, ram(8), 4, 5);
	assert_registers(fixture_call(ALLOW_READ_WRITE, TALKER, 1, 0, 0), 130, ram(16), 6, 0);
	assert_registers(fixture_call(ALLOW_READ_ONLY, TALKER, 0, ram(1), 1), 130, 0, 0, 1);
	assert_registers(fixture_call(ALLOW_READ_WRITE, TALKER, 3, ram(2), 2), 130, 0, 0, 2);
	assert_registers(fixture_call(ALLOW_READ_WRITE, TALKER, 0, ram(3), 3), 130, 0, 0, 3);
	assert_registers(fixture_call(ALLOW_READ_WRITE, TALKER, 2, ram(4), 4), 130, 0, 0, 4);
	assert_registers(fixture_call(SUBSCRIBE, TALKER, 2, 0, 0), 130, 0, 0, 0);
	assert_registers(fixture_call(ALLOW_READ_ONLY, TALKER, 1, 0, 0), 130, ram(9), 5, 0);
	assert_registers(fixture_call(ALLOW_READ_ONLY, TALKER, 0, 0, 0), 130, ram(1), 1, 0);
	assert_registers(fixture_call(ALLOW_READ_WRITE, TALKER, 3, 0, 0), 130, ram(2), 2, 0);
	assert_registers(fixture_call(COMMAND, TALKER, TALKER_COUNT, 0, 0), 129, 1, 0, 0);
}

static void an_empty_buffer_may_lie_anywhere_and_is_kept_verbatim(void **state)
{
	(void)state;
	start_one();

	const uint32_t allows[] = {ALLOW_READ_ONLY, ALLOW_READ_WRITE};

	for (uint32_t i = 0; i < ARRAY_LENGTH(allows); i++) {
		fixture_call(allows[i], TALKER, 1, OUTSIDE, 0);
		assert_registers(fixture_call(allows[i], TALKER, 1, 0xffffffff, 0), 130, OUTSIDE, 0,
				 0);
		assert_registers(fixture_call(allows[i], TALKER, 1, ram(0), 1), 130, 0xffffffff, 0,
				 1);
		assert_registers(fixture_call(allows[i], TALKER, 1, OUTSIDE, 0), 130, ram(0), 1, 0);
	}
	assert_registers(fixture_call(COMMAND, TALKER, TALKER_FILL, 1, 0x55), 129, 0, 1, 0x55);
	assert_registers(fixture_call(COMMAND, TALKER, TALKER_SUM, 1, 0), 129, 0, 1, 0);
}

static void allow_checks_driver_then_buffer_then_grant_then_number(void **state)
{
	(void)state;
	start_one();

	const uint32_t allows[] = {ALLOW_READ_ONLY, ALLOW_READ_WRITE};

	for (uint32_t i = 0; i < ARRAY_LENGTH(allows); i++) {
		assert_registers(fixture_call(allows[i], ABSENT, 0, 0xffffffff, 9), 2,
				 ERROR_NODEVICE, 0xffffffff, 9);
		assert_registers(fixture_call(allows[i], PLAIN, 0, OUTSIDE, 9), 2, ERROR_INVAL,
				 OUTSIDE, 9);
		assert_registers(fixture_call(allows[i], PLAIN, 0, ram(0), 9), 2, ERROR_NOMEM,
				 ram(0), 9);
		assert_registers(fixture_call(allows[i], PLAIN, 0, 0, 0), 2, ERROR_NOMEM, 0, 0);
		assert_registers(fixture_call(allows[i], TALKER, 99, OUTSIDE, 9), 2, ERROR_INVAL,
				 OUTSIDE, 9);
		assert_registers(fixture_call(allows[i], TALKER, 4, ram(0), 4), 2, ERROR_NOSUPPORT,
				 ram(0), 4);
		assert_registers(fixture_call(allows[i], TALKER, 256, ram(0), 4), 2,
				 ERROR_NOSUPPORT, ram(0), 4);
	}
	assert_registers(fixture_call(ALLOW_READ_ONLY, TALKER, TALKER_READ_ONLY, 0, 0), 2,
			 ERROR_NOSUPPORT, 0, 0);
}

struct buffer_case {
	uint32_t address, length;
	bool write, read;
};

static void check_buffer(const struct buffer_case *check)
{
	uint32_t a = check->address;
	uint32_t n = check->length;
	struct registers write = fixture_call(ALLOW_READ_WRITE, TALKER, 0, a, n);
	struct registers read = fixture_call(ALLOW_READ_ONLY, TALKER, 0, a, n);
	struct registers readable = fixture_call(ALLOW_USER_READABLE, TALKER, 0, a, n);
	struct registers absent = fixture_call(ALLOW_USER_READABLE, TALKER, 9, a, n);

	assert_int_equal(write.r[0], check->write ? 130 : 2);
	assert_int_equal(read.r[0], check->read ? 130 : 2);
	if (!check->write) {
		assert_registers(write, 2, ERROR_INVAL, a, n);
	}
	if (!check->read) {
		assert_registers(read, 2, ERROR_INVAL, a, n);
	}
	assert_int_equal(readable.r[0], check->write ? 130 : 2);
	if (!check->write) {
		assert_registers(readable, 2, ERROR_INVAL, a, n);
	}
	assert_registers(absent, 2, check->write ? ERROR_NOSUPPORT : ERROR_INVAL, a, n);
}

static void a_buffer_must_be_the_process_s_own(void **state)
{
	(void)state;
	start_one();

	const struct process *process = RUNNING;
	uint32_t end = process->app_break;
	uint32_t app = process->flash_app;
	uint32_t app_size = process->flash_end - app;
	const struct buffer_case cases[] = {
	    {ram(0), 0x200, true, true},
	    {ram(0), 1, true, true},
	    {ram(0), 0x201, false, false},
	    {ram(0) - 1, 1, false, false},
	    {ram(0) - 1, 2, false, false},
	    {ram(0) - 4, 0x204, false, false},
	    {end - 4, 4, true, true},
	    {end - 4, 5, false, false},
	    {end - 1, 1, true, true},
	    {end, 1, false, false},
	    {end - 4, 0xffffffff, false, false},
	    {end - 4, 0x80000000, false, false},
	    {ram(0), 0xffffffff, false, false},
	    {ram(4), 0xfffffffc, false, false},
	    {ram(4), 0xfffffffd, false, false},
	    {0xfffffffc, 8, false, false},
	    {0xffffffff, 1, false, false},
	    {0xffffffff, 0xffffffff, false, false},
	    {0, 1, false, false},
	    {0, 0xffffffff, false, false},
	    {process->kernel_break, 4, false, false},
	    {process->ram_end - 4, 4, false, false},
	    {process->flash_start, 4, false, false},
	    {app - 1, 1, false, false},
	    {app - 1, 2, false, false},
	    {app, 4, false, true},
	    {app, app_size, false, true},
	    {app, app_size + 1, false, false},
	    {process->flash_end - 1, 1, false, true},
	    {process->flash_end - 1, 2, false, false},
	    {process->flash_end, 1, false, false},
	};

	for (uint32_t i = 0; i < ARRAY_LENGTH(cases); i++) {
		check_buffer(&cases[i]);
	}
}

static void readable_allow_is_nowhere_supported(void **state)
{
	(void)state;

	const struct process *process = start_one();
	uint32_t before = process->kernel_break;

	assert_registers(fixture_call(ALLOW_USER_READABLE, ABSENT, 0, OUTSIDE, 4), 2,
			 ERROR_NODEVICE, OUTSIDE, 4);
	assert_registers(fixture_call(ALLOW_USER_READABLE, TALKER, 0, OUTSIDE, 4), 2, ERROR_INVAL,
			 OUTSIDE, 4);
	assert_registers(fixture_call(ALLOW_USER_READABLE, TALKER, 2, OUTSIDE, 0), 2,
			 ERROR_NOSUPPORT, OUTSIDE, 0);
	assert_registers(fixture_call(ALLOW_USER_READABLE, TALKER, 2, ram(0), 4), 2,
			 ERROR_NOSUPPORT, ram(0), 4);
	assert_registers(fixture_call(ALLOW_USER_READABLE, PLAIN, 0, ram(0), 4), 2, ERROR_NOSUPPORT,
			 ram(0), 4);
	assert_int_equal(process->kernel_break, before);
	assert_registers(fixture_call(ALLOW_USER_READABLE, TALKER, 1, ram(0), 4), 130, 0, 0, 4);
	assert_true(process->kernel_break < before);
}

/* Each kind of slot is apart from the others, and each number from its neighbours. */
static void a_driver_writes_what_the_process_reads(void **state)
{
	(void)state;
	start_one();
	for (uint32_t number = 0; number < TALKER_USER_READABLE; number++) {
		uint32_t at = ram(0x40 + 16 * number);

		assert_registers(fixture_call(ALLOW_USER_READABLE, TALKER, number, at, 5), 130, 0,
				 0, 5);
		assert_registers(fixture_call(COMMAND, TALKER, TALKER_TELL, number, 0x11 + number),
				 129, 5, number, 0x11 + number);
		assert_int_equal(*fixture_bytes(at + 4), 0x11 + number);
		assert_int_equal(*fixture_bytes(at + 5), 0);
		assert_registers(fixture_call(COMMAND, TALKER, TALKER_FILL, number, 0x77), 129, 0,
				 number, 0x77);
		assert_registers(fixture_call(COMMAND, TALKER, TALKER_SUM, number, 0), 129, 0,
				 number, 0);
	}
	assert_registers(fixture_call(COMMAND, TALKER, TALKER_TELL, 2, 0), 129, 0, 2, 0);
	assert_registers(fixture_call(ALLOW_USER_READABLE, TALKER, 1, 0, 0), 130, ram(0x50), 5, 0);
	assert_registers(fixture_call(COMMAND, TALKER, TALKER_TELL, 1, 0), 129, 0, 1, 0);
}

/* --- The high-water mark [18] --- */

static void break_may_go_to(uint32_t address, bool allowed)
{
	struct registers after = fixture_call(MEMOP, 0, address, KEPT, KEPT);

	if (allowed) {
		assert_registers(after, 128, address, KEPT, KEPT);
	} else {
		assert_registers(after, 0, ERROR_NOMEM, KEPT, KEPT);
	}
}

static void a_refused_allow_still_marks_the_memory(void **state)
{
	static const struct {
		uint32_t class, driver, number;
	} refused[] = {{ALLOW_READ_WRITE, TALKER, 9},
		       {ALLOW_READ_WRITE, PLAIN, 0},
		       {ALLOW_READ_ONLY, TALKER, 9},
		       {ALLOW_READ_ONLY, PLAIN, 0},
		       {ALLOW_USER_READABLE, TALKER, 9}};

	(void)state;
	start_one();
	for (uint32_t i = 0; i < ARRAY_LENGTH(refused); i++) {
		uint32_t end = ram(0x40 + 16 * i);

		fixture_call(refused[i].class, refused[i].driver, refused[i].number, end - 4, 4);
		break_may_go_to(end - 1, false);
		break_may_go_to(end, true);
		break_may_go_to(ram(0x200), true);
	}
}

static void what_is_not_shared_does_not_mark(void **state)
{
	(void)state;
	start_one();
	fixture_call(ALLOW_READ_WRITE, ABSENT, 0, ram(0x100), 4); /* the driver check comes first */
	fixture_call(ALLOW_READ_WRITE, TALKER, 0, ram(0x100), 0);
	fixture_call(ALLOW_READ_WRITE, TALKER, 0, ram(0x1fd), 4); /* invalid */
	fixture_call(ALLOW_READ_ONLY, TALKER, 0, app_start(), 4);
	break_may_go_to(ram(CONTEXT_START_BYTES), true);
	break_may_go_to(ram(0), true);
}

static void the_mark_never_falls(void **state)
{
	(void)state;
	start_one();
	fixture_call(ALLOW_READ_WRITE, TALKER, 0, ram(0x100), 0x10);
	fixture_call(ALLOW_READ_WRITE, TALKER, 0, ram(0), 4);
	fixture_call(ALLOW_READ_WRITE, TALKER, 0, 0, 0);
	break_may_go_to(ram(0x10f), false);
	break_may_go_to(ram(0x110), true);
}

/* --- Memop [23-28] --- */

static void memop_tells_the_memory_map(void **state)
{
	(void)state;

	const struct process *p = start_one();

	assert_registers(fixture_call(MEMOP, 2, 1, KEPT, KEPT), 129, p->ram_start, KEPT, KEPT);
	assert_registers(fixture_call(MEMOP, 3, 1, KEPT, KEPT), 129, p->ram_end, KEPT, KEPT);
	assert_registers(fixture_call(MEMOP, 4, 1, KEPT, KEPT), 129, FIXTURE_FLASH, KEPT, KEPT);
	assert_registers(fixture_call(MEMOP, 5, 1, KEPT, KEPT), 129, FIXTURE_FLASH + 0x1000, KEPT,
			 KEPT);
	assert_registers(fixture_call(MEMOP, 6, 1, KEPT, KEPT), 129, p->kernel_break, KEPT, KEPT);
	assert_true(p->kernel_break >= p->ram_start + 0x1000);
	assert_true(p->kernel_break <= (uint32_t)(uintptr_t)p);
}

static void memop_tells_writeable_flash(void **state)
{
	(void)state;
	start_one();

	uint32_t start = FIXTURE_FLASH + 0x400;

	assert_registers(fixture_call(MEMOP, 7, 0, KEPT, KEPT), 129, 2, KEPT, KEPT);
	assert_registers(fixture_call(MEMOP, 8, 0, KEPT, KEPT), 129, start, KEPT, KEPT);
	assert_registers(fixture_call(MEMOP, 9, 0, KEPT, KEPT), 129, start + 0x100, KEPT, KEPT);
	assert_registers(fixture_call(MEMOP, 8, 1, KEPT, KEPT), 0, ERROR_FAIL, KEPT, KEPT);
	assert_registers(fixture_call(MEMOP, 9, 1, KEPT, KEPT), 0, ERROR_FAIL, KEPT, KEPT);
	assert_registers(fixture_call(MEMOP, 8, 2, KEPT, KEPT), 0, ERROR_FAIL, KEPT, KEPT);
	assert_registers(fixture_call(MEMOP, 9, 0xffffffff, KEPT, KEPT), 0, ERROR_FAIL, KEPT, KEPT);
	assert_registers(fixture_call(MEMOP, 8, 0x20000000, KEPT, KEPT), 0, ERROR_FAIL, KEPT, KEPT);
}

static void memop_keeps_hints_that_make_sense(void **state)
{
	(void)state;

	const struct process *p = start_one();
	const uint32_t senseless[] = {0, OUTSIDE, p->ram_start - 1, p->ram_end, 0xffffffff};

	assert_registers(fixture_call(MEMOP, 10, ram(5), KEPT, KEPT), 128, ram(5), KEPT, KEPT);
	assert_registers(fixture_call(MEMOP, 11, ram(6), KEPT, KEPT), 128, ram(6), KEPT, KEPT);
	for (uint32_t i = 0; i < ARRAY_LENGTH(senseless); i++) {
		uint32_t hint = senseless[i];

		assert_registers(fixture_call(MEMOP, 10, hint, KEPT, KEPT), 128, hint, KEPT, KEPT);
		assert_registers(fixture_call(MEMOP, 11, hint, KEPT, KEPT), 128, hint, KEPT, KEPT);
	}
	assert_int_equal(fixture_describe(0).stack_top, ram(5));
	assert_int_equal(fixture_describe(0).heap_start, ram(6));
	fixture_call(MEMOP, 10, p->ram_end - 1, 0, 0);
	fixture_call(MEMOP, 11, p->ram_start, 0, 0);
	assert_int_equal(fixture_describe(0).stack_top, p->ram_end - 1);
	assert_int_equal(fixture_describe(0).heap_start, p->ram_start);
}

static void memop_refuses_other_operations(void **state)
{
	const uint32_t unknown[] = {12, 13, 15, 99, 0x80000000, 0xffffffff};

	(void)state;
	start_one();
	for (uint32_t i = 0; i < ARRAY_LENGTH(unknown); i++) {
		assert_registers(fixture_call(MEMOP, unknown[i], ram(0), KEPT, KEPT), 0,
				 ERROR_NOSUPPORT, KEPT, KEPT);
	}
}

/* --- Exit [29], unknown calls [30, 31] --- */

static void an_unknown_exit_is_refused(void **state)
{
	(void)state;

	const struct process *process = start_one();

	assert_registers(fixture_call(EXIT, 5, 0, KEPT, KEPT), 0, ERROR_NOSUPPORT, KEPT, KEPT);
	assert_registers(fixture_call(EXIT, 2, 0, KEPT, KEPT), 0, ERROR_NOSUPPORT, KEPT, KEPT);
	assert_ptr_equal(RUNNING, process);
}

static void an_unknown_class_or_yield_faults(void **state)
{
	static const uint32_t calls[][2] = {{8, 0},        {255, 0},      {0x100, 0},
					    {YIELD, 3},    {YIELD, 0x80}, {YIELD, 0xffffffff},
					    {YIELD, 0x100}};

	(void)state;
	for (uint32_t i = 0; i < ARRAY_LENGTH(calls); i++) {
		fixture_teardown(NULL);
		fixture_setup(NULL);

		const struct process *process = start_one();

		fixture_call(calls[i][0], calls[i][1], 1, 2, 3);
		assert_null(RUNNING);
		assert_int_equal(process->state, PROCESS_FAULTED);
		assert_int_equal(process->fault_cause, FAULT_UNKNOWN_SYSTEM_CALL);
		assert_int_equal(fixture.fault_count, 1);
		assert_true(process_id_equal(fixture.faulted, process->id));
	}
}

static void system_calls_are_counted(void **state)
{
	(void)state;
	start_one(); /* makes one */
	fixture_call(COMMAND, ABSENT, 0, 0, 0);
	fixture_call(MEMOP, 99, 0, 0, 0);
	assert_int_equal(fixture_describe(0).system_calls, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    FIXTURE_TEST(a_process_starts_with_four_arguments),
	    FIXTURE_TEST(command_of_an_absent_driver_fails),
	    FIXTURE_TEST(command_answers_only_what_its_variant_defines),
	    FIXTURE_TEST(each_variant_writes_its_number_of_registers),
	    FIXTURE_TEST(subscribe_swaps),
	    FIXTURE_TEST(subscribe_checks_pointer_then_driver_then_grant_then_number),
	    FIXTURE_TEST(subscribe_to_a_missing_number_leaves_the_grant),
	    FIXTURE_TEST(a_failed_subscribe_keeps_the_old_one_and_its_events),
	    FIXTURE_TEST(the_function_must_lie_in_own_executable_or_ram),
	    FIXTURE_TEST(allow_swaps_and_keeps_read_only_and_read_write_apart),
	    FIXTURE_TEST(an_empty_buffer_may_lie_anywhere_and_is_kept_verbatim),
	    FIXTURE_TEST(allow_checks_driver_then_buffer_then_grant_then_number),
	    FIXTURE_TEST(a_buffer_must_be_the_process_s_own),
	    FIXTURE_TEST(readable_allow_is_nowhere_supported),
	    FIXTURE_TEST(a_driver_writes_what_the_process_reads),
	    FIXTURE_TEST(a_refused_allow_still_marks_the_memory),
	    FIXTURE_TEST(what_is_not_shared_does_not_mark),
	    FIXTURE_TEST(the_mark_never_falls),
	    FIXTURE_TEST(memop_tells_the_memory_map),
	    FIXTURE_TEST(memop_tells_writeable_flash),
	    FIXTURE_TEST(memop_keeps_hints_that_make_sense),
	    FIXTURE_TEST(memop_refuses_other_operations),
	    FIXTURE_TEST(an_unknown_exit_is_refused),
	    FIXTURE_TEST(an_unknown_class_or_yield_faults),
	    FIXTURE_TEST(system_calls_are_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
