/* The breaks: edges by hand, then random moves against a model in 64-bit arithmetic, where nothing
 * wraps. */

#include "fixture.h"
#include "random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

enum {
	KEPT = 0xdead,
	BRK = 0,
	SBRK = 1
};

static bool brk(uint32_t address)
{
	struct registers after = fixture_call(MEMOP, BRK, address, KEPT, KEPT);

	if (after.r[0] == RETURN_SUCCESS) {
		assert_registers(after, RETURN_SUCCESS, address, KEPT, KEPT);
		return true;
	}
	assert_registers(after, RETURN_FAILURE, ERROR_NOMEM, KEPT, KEPT);
	return false;
}

static bool sbrk(uint32_t increment)
{
	uint32_t old = RUNNING->app_break;
	struct registers after = fixture_call(MEMOP, SBRK, increment, KEPT, KEPT);

	if (after.r[0] == RETURN_SUCCESS_U32) {
		assert_registers(after, RETURN_SUCCESS_U32, old, KEPT, KEPT);
		return true;
	}
	assert_registers(after, RETURN_FAILURE, ERROR_NOMEM, KEPT, KEPT);
	return false;
}

static void the_break_moves_between_ram_start_and_kernel_break(void **state)
{
	(void)state;
	fixture_start_apps(1);

	const struct process *p = RUNNING;

	assert_true(brk(p->kernel_break));
	assert_int_equal(p->app_break, p->kernel_break);
	assert_false(brk(p->kernel_break + 1));
	assert_false(brk(p->ram_end));
	assert_false(brk(p->ram_end - 1));
	assert_false(brk(0xffffffff));
	assert_false(brk(0));
	assert_false(brk(p->ram_start - 1));
	assert_int_equal(p->app_break, p->kernel_break);
	assert_true(brk(p->ram_start + 1));
	assert_true(brk(p->ram_start));
	assert_int_equal(p->app_break, p->ram_start);
	assert_false(sbrk((uint32_t)-1));
	assert_true(sbrk(1));
}

static void sbrk_is_signed_and_does_not_wrap(void **state)
{
	(void)state;
	fixture_start_apps(1);

	const struct process *p = RUNNING;

	assert_true(brk(p->ram_start + 0x100));
	assert_true(sbrk(0));
	assert_true(sbrk(16));
	assert_true(sbrk((uint32_t)-32));
	assert_int_equal(p->app_break, p->ram_start + 0xf0);
	assert_false(sbrk(0x7fffffff));
	assert_false(sbrk(0x80000000));
	assert_false(sbrk(0xffffffff - p->app_break + 1));
	assert_false(sbrk((uint32_t)-0xf1));
	assert_int_equal(p->app_break, p->ram_start + 0xf0);
	assert_true(sbrk((uint32_t)-0xf0));
	assert_false(sbrk(p->kernel_break - p->ram_start + 1));
	assert_true(sbrk(p->kernel_break - p->ram_start));
}

static void new_memory_is_zero_and_old_is_kept(void **state)
{
	(void)state;
	fixture_start_apps(1);

	const struct process *p = RUNNING;
	uint32_t start = p->ram_start;

	assert_true(brk(start + 0x103));
	memset(fixture_bytes(start), 0x5a, 0x103);
	assert_true(brk(start + 0x81));
	assert_true(brk(start + 0x3ff));
	for (uint32_t i = 0; i < 0x3ff; i++) {
		assert_int_equal(*fixture_bytes(start + i), i < 0x81 ? 0x5a : 0);
	}
	assert_int_equal(*fixture_bytes(start + 0x400), 0xa5); /* as before the kernel started */
}

/* With coarse steps the break fits only where the step that holds it does. */
static void the_step_above_the_break_must_fit(void **state)
{
	(void)state;
	host_set_granules(4, 256);
	fixture_start_apps(1);

	const struct process *p = RUNNING;

	fixture_call(COMMAND, TALKER, TALKER_COUNT, 0, 0); /* no longer on a step */

	uint32_t last = p->kernel_break / 256 * 256;

	assert_true(last < p->kernel_break);
	assert_false(brk(p->kernel_break));
	assert_false(brk(last + 1));
	assert_true(brk(last));
	assert_true(brk(last - 255));
	memset(fixture_bytes(last - 255), 0x5a, 255); /* the process can: the step is its */
	assert_true(brk(last - 100));
	for (uint32_t i = last - 255; i < last; i++) {
		assert_int_equal(*fixture_bytes(i), 0);
	}
}

static void a_failed_move_changes_nothing(void **state)
{
	(void)state;
	fixture_start_apps(1);
	brk(RUNNING->ram_start + 0x100);

	const struct protection before = RUNNING->protection;

	*fixture_bytes(RUNNING->ram_start + 0x100) = 0x77;
	assert_false(brk(RUNNING->kernel_break + 1));
	assert_false(brk(RUNNING->ram_start - 1));
	assert_int_equal(RUNNING->app_break, RUNNING->ram_start + 0x100);
	assert_memory_equal(&before, &RUNNING->protection, sizeof(before));
	assert_int_equal(*fixture_bytes(RUNNING->ram_start + 0x100), 0x77);
}

/* --- Random moves --- */

enum {
	MOVES = 200000,
	TALKER_BYTES = 104,
	LARGE_BYTES = 1024
};

struct model {
	uint64_t granule;
	uint64_t start, app_break, kernel_break, top, shared_end;
	bool has_talker, has_large;
	uint8_t bytes[0x2000]; /* what the process must find at start + i, below its reach */
};

static struct model model;
static struct random source;

static uint64_t model_reach(uint64_t address)
{
	return (address + model.granule - 1) / model.granule * model.granule;
}

static void model_begin(void)
{
	const struct process *p = RUNNING;

	model.start = p->ram_start;
	model.top = (uint32_t)(uintptr_t)p;
	model.kernel_break = model.top;
	model.app_break = model.start + CONTEXT_START_BYTES;
	model.shared_end = model.start;
	model.has_talker = false;
	model.has_large = false;
	memset(model.bytes, 0, sizeof(model.bytes));
}

static bool model_brk(int64_t address)
{
	if (address < (int64_t)model.start || address < (int64_t)model.shared_end ||
	    model_reach((uint64_t)address) > model.kernel_break) {
		return false;
	}
	if ((uint64_t)address > model.app_break) {
		uint64_t from = model.app_break - model.start;

		memset(model.bytes + from, 0, model_reach((uint64_t)address) - model.start - from);
	}
	model.app_break = (uint64_t)address;
	return true;
}

static bool model_grant(bool *has, uint64_t bytes)
{
	if (!*has && model.kernel_break - model_reach(model.app_break) >= bytes) {
		model.kernel_break -= bytes;
		*has = true;
	}
	return *has;
}

static void move_brk(void)
{
	const uint64_t anchors[] = {model.start, model.app_break,  model.kernel_break,
				    model.top,   model.shared_end, RUNNING->ram_end};
	uint32_t anchor = (uint32_t)anchors[random_below(&source, ARRAY_LENGTH(anchors))];
	uint32_t address = anchor + random_below(&source, 9) - 4;

	if (random_below(&source, 2) == 0) {
		address = RUNNING->ram_start + random_below(&source, 0x1100);
	}
	assert_int_equal(brk(address), model_brk(address));
}

static void move_sbrk(void)
{
	static const uint32_t odd[] = {0, 1, 0xffffffff, 0x7fffffff, 0x80000000, 0xf0000000};
	int64_t old = (int64_t)model.app_break;
	uint32_t increment = random_below(&source, 0x400) - 0x200;

	if (random_below(&source, 8) == 0) {
		increment = odd[random_below(&source, ARRAY_LENGTH(odd))];
	}
	assert_int_equal(sbrk(increment), model_brk(old + (int32_t)increment));
}

static void move_share(void)
{
	uint32_t address = (uint32_t)model.start + random_below(&source, 0x1000);
	uint32_t length = random_below(&source, 64);
	struct registers after = fixture_call(ALLOW_READ_WRITE, PLAIN, 0, address, length);
	bool fits = length == 0 || address + length <= model.app_break;

	assert_registers(after, 2, fits ? ERROR_NOMEM : ERROR_INVAL, address, length);
	if (fits && length != 0 && address + length > model.shared_end) {
		model.shared_end = address + length;
	}
}

static void move_grant(void)
{
	bool is_large = random_below(&source, 2) == 0;
	struct registers after = fixture_call(SUBSCRIBE, is_large ? LARGE : TALKER, 0, 0, 0);
	bool *has = is_large ? &model.has_large : &model.has_talker;

	if (model_grant(has, is_large ? LARGE_BYTES : TALKER_BYTES)) {
		assert_registers(after, RETURN_SUCCESS_2_U32, 0, 0, 0);
	} else {
		assert_registers(after, RETURN_FAILURE_2_U32, ERROR_NOMEM, 0, 0);
	}
}

/* The process writes where the hardware lets it. */
static void move_write(void)
{
	uint64_t reach = model_reach(model.app_break) - model.start;

	for (uint32_t i = 0; i < 32 && reach > 0; i++) {
		uint32_t at = random_below(&source, (uint32_t)reach);
		uint8_t byte = (uint8_t)random_next(&source);

		model.bytes[at] = byte;
		*fixture_bytes((uint32_t)model.start + at) = byte;
	}
}

static void move_restart(void)
{
	fixture_call(EXIT, 1, 0, 0, 0);
	model_begin();
}

static void move(void)
{
	uint32_t choice = random_below(&source, 1000);

	if (choice < 5) {
		move_restart();
	} else if (choice < 15) {
		move_grant();
	} else if (choice < 30) {
		move_share();
	} else if (choice < 400) {
		move_sbrk();
	} else if (choice < 600) {
		move_write();
	} else {
		move_brk();
	}
}

static void compare(void)
{
	const struct process *p = RUNNING;
	uint64_t reach = model_reach(model.app_break);

	assert_int_equal(p->app_break, model.app_break);
	assert_int_equal(p->kernel_break, model.kernel_break);
	assert_int_equal(p->shared_end, model.shared_end);
	assert_memory_equal(fixture_bytes(p->ram_start), model.bytes, reach - model.start);
}

static void random_moves_are_as_the_model_says(void **state)
{
	static const uint32_t granules[] = {4, 32, 256, 1024};

	(void)state;
	for (uint32_t i = 0; i < ARRAY_LENGTH(granules); i++) {
		fixture_teardown(NULL);
		fixture_setup(NULL);
		host_set_granules(4, granules[i]);
		source.state = i + 1;
		fixture_image(&(struct image){.minimum_ram = 0x1000});
		fixture_start();
		model.granule = granules[i];
		model_begin();
		for (uint32_t n = 0; n < MOVES; n++) {
			move();
			compare();
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    FIXTURE_TEST(the_break_moves_between_ram_start_and_kernel_break),
	    FIXTURE_TEST(sbrk_is_signed_and_does_not_wrap),
	    FIXTURE_TEST(new_memory_is_zero_and_old_is_kept),
	    FIXTURE_TEST(the_step_above_the_break_must_fit),
	    FIXTURE_TEST(a_failed_move_changes_nothing),
	    FIXTURE_TEST(random_moves_are_as_the_model_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
