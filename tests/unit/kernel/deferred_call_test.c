/* Deferred calls; D1 to D4 are the clauses of kernel/deferred_call.h. */

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

struct note {
	struct deferred_call deferred;
	char letter;
	struct note *sets; /* one to set while it runs, `times` times */
	uint32_t times;
};

#define FOR_EVER UINT32_MAX

static struct {
	char letters[256];
	uint32_t count;
} written;

static void note_run(struct note *self)
{
	written.letters[written.count++] = self->letter;
	if (self->times > 0) {
		self->times -= self->times != FOR_EVER;
		deferred_call_set(&self->sets->deferred);
	}
}

DEFERRED_CALL_IMPLEMENT(note, struct note, deferred, .run = note_run);

static struct note note(char letter)
{
	struct note made = {.letter = letter};

	deferred_call_bind(&made.deferred, &note_deferred_call_operations);
	return made;
}

/* `note` sets `other` each time it runs. */
static void note_sets(struct note *self, struct note *other, uint32_t times)
{
	self->sets = other;
	self->times = times;
}

static void assert_written(const char *letters)
{
	assert_string_equal(written.letters, letters);
}

static int setup(void **state)
{
	written = (typeof(written)){0};
	return fixture_setup(state);
}

static void they_run_once_each_in_order_before_anybody_else(void **state)
{
	struct note a = note('a'), b = note('b'), c = note('c');

	(void)state;
	fixture_start_apps(1);
	deferred_call_set(&b.deferred);
	deferred_call_set(&a.deferred);
	deferred_call_set(&b.deferred); /* D2 */
	deferred_call_set(&c.deferred);
	deferred_call_set(&b.deferred);
	assert_written(""); /* not from inside */
	assert_non_null(kernel_next());
	assert_written("bac");
	assert_non_null(kernel_next());
	assert_written("bac");
	deferred_call_set(&a.deferred);
	kernel_next();
	assert_written("baca");
}

static void one_set_while_another_runs_comes_on_the_same_way_out(void **state)
{
	struct note a = note('a'), b = note('b'), c = note('c'), d = note('d');

	(void)state;
	fixture_start_apps(1);
	note_sets(&a, &c, 1);
	note_sets(&c, &d, 1);
	deferred_call_set(&a.deferred);
	deferred_call_set(&b.deferred);
	kernel_next();
	assert_written("abcd");
	assert_int_equal(kernel_attention, 0);
	assert_true(kernel_may_sleep());
}

/* D3 */
static void each_runs_once_on_a_way_out(void **state)
{
	struct note a = note('a'), b = note('b'), c = note('c');

	(void)state;
	fixture_start_apps(1);
	note_sets(&a, &c, 1);
	note_sets(&c, &a, 1);
	note_sets(&b, &b, 1);
	deferred_call_set(&a.deferred);
	deferred_call_set(&b.deferred);
	assert_non_null(kernel_next());
	assert_written("abc"); /* b, the next, has run; a is behind it */
	assert_int_not_equal(kernel_attention, 0);
	assert_non_null(kernel_next());
	assert_written("abcba");
	assert_int_equal(kernel_attention, 0);
	assert_non_null(kernel_next());
	assert_written("abcba");
}

/* D3: it neither keeps the processor nor waits for the process to give it back. */
static void one_that_sets_itself_for_ever_shares_with_a_process_alone(void **state)
{
	struct note a = note('a');

	(void)state;
	fixture_start_apps(1);
	assert_false(fixture.slice_runs);
	note_sets(&a, &a, FOR_EVER);
	deferred_call_set(&a.deferred);
	assert_non_null(kernel_next());
	for (uint32_t i = 1; i < 100; i++) {
		assert_int_equal(written.count, i);
		assert_ptr_equal(RUNNING, fixture_process(0));
		assert_true(fixture.slice_runs);
		assert_int_equal(fixture.slice_microseconds, 10000);
		fixture_slice_expires();
	}
	assert_int_equal(fixture_process(0)->slices_expired, 0); /* nobody else waited */
	fixture_call(MEMOP, 1, 0, 0, 0); /* any system call brings the next */
	assert_int_equal(written.count, 101);
	a.times = 0;
	fixture_call(MEMOP, 1, 0, 0, 0);
	assert_int_equal(written.count, 102);
	assert_false(fixture.slice_runs);
	assert_int_equal(kernel_attention, 0);
}

/* Two that set one another are no better. */
static void processes_take_turns_beside_two_that_set_each_other_for_ever(void **state)
{
	struct note a = note('a'), b = note('b');

	(void)state;
	fixture_start_apps(3);
	note_sets(&a, &b, FOR_EVER);
	note_sets(&b, &a, FOR_EVER);
	deferred_call_set(&a.deferred);
	kernel_next();
	for (uint32_t i = 0; i < 30; i++) {
		assert_ptr_equal(RUNNING, fixture_process(i % 3));
		assert_int_equal(written.count, 2 * (i + 1));
		fixture_slice_expires();
	}
}

/* Behind it in the queue is not behind it for ever. */
static void one_that_sets_itself_for_ever_keeps_no_other_waiting(void **state)
{
	struct note a = note('a'), b = note('b');

	(void)state;
	fixture_start_apps(1);
	note_sets(&a, &a, FOR_EVER);
	deferred_call_set(&a.deferred);
	kernel_next();
	deferred_call_set(&b.deferred);
	kernel_next();
	assert_written("aab");
	deferred_call_set(&b.deferred);
	kernel_next();
	assert_written("aabab");
}

/* D4; kernel_next() comes back each time, so that interrupts are served in between. */
static void nobody_sleeps_while_one_is_set(void **state)
{
	struct note a = note('a');

	(void)state;
	fixture_start();
	assert_null(kernel_next());
	assert_true(kernel_may_sleep());
	note_sets(&a, &a, 2);
	deferred_call_set(&a.deferred);
	assert_null(kernel_next());
	assert_false(kernel_may_sleep());
	assert_null(kernel_next());
	assert_written("aa");
	assert_false(kernel_may_sleep());
	assert_null(kernel_next());
	assert_written("aaa");
	assert_true(kernel_may_sleep());
	assert_false(fixture.slice_runs);
}

static void they_run_while_nobody_is_runnable(void **state)
{
	struct note a = note('a');

	(void)state;
	fixture_start();
	deferred_call_set(&a.deferred);
	assert_null(kernel_next());
	assert_written("a");
}

static void one_may_set_itself_again(void **state)
{
	(void)state;
	fixture_start_apps(1);
	fixture.deferred_again = 3;
	fixture_call(COMMAND, TALKER, TALKER_DEFER, 0, 0);
	assert_int_equal(fixture.deferred_runs, 1);
	for (uint32_t i = 0; i < 9; i++) {
		fixture_call(MEMOP, 1, 0, 0, 0);
	}
	assert_int_equal(fixture.deferred_runs, 4);
}

static void one_may_wake_a_process(void **state)
{
	(void)state;
	fixture_start_apps(2);

	const struct process *zero = fixture_process(0);

	fixture_call(SUBSCRIBE, TALKER, 0, zero->flash_app, 0);
	fixture_call(YIELD, 1, 0, 0, 0);
	fixture.notify = zero->id;
	fixture_call(COMMAND, TALKER, TALKER_DEFER, 0, 0);
	assert_ptr_equal(RUNNING, fixture_process(1));
	assert_int_equal(zero->state, PROCESS_RUNNING);
	fixture_slice_expires();
	assert_ptr_equal(RUNNING, zero);
	assert_int_equal(zero->context.calls, 1);
}

/* The call is pending while the process falls asleep, and wakes it: it must not be running and
 * waiting at once. */
static void one_may_wake_the_process_that_is_falling_asleep(void **state)
{
	(void)state;
	fixture_start_apps(2);

	struct process *zero = fixture_process(0);
	uint32_t *registers = context_arguments(&zero->context);

	fixture_call(SUBSCRIBE, TALKER, 0, zero->flash_app, 0);
	fixture.notify = zero->id;
	registers[0] = TALKER;
	registers[1] = TALKER_DEFER;
	kernel_system_call(COMMAND, &kernel.running->context);
	registers[0] = 1;
	kernel_system_call(YIELD, &kernel.running->context);
	assert_non_null(kernel_next());
	fixture_check();
	assert_ptr_equal(RUNNING, fixture_process(1));
	fixture_call(YIELD, 1, 0, 0, 0);
	assert_ptr_equal(RUNNING, zero);
	assert_int_equal(zero->context.calls, 1);
	fixture_call(YIELD, 1, 0, 0, 0);
	assert_null(RUNNING);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(they_run_once_each_in_order_before_anybody_else, setup,
					    fixture_teardown),
	    cmocka_unit_test_setup_teardown(one_set_while_another_runs_comes_on_the_same_way_out,
					    setup, fixture_teardown),
	    cmocka_unit_test_setup_teardown(each_runs_once_on_a_way_out, setup, fixture_teardown),
	    cmocka_unit_test_setup_teardown(
		one_that_sets_itself_for_ever_shares_with_a_process_alone, setup, fixture_teardown),
	    cmocka_unit_test_setup_teardown(
		processes_take_turns_beside_two_that_set_each_other_for_ever, setup,
		fixture_teardown),
	    cmocka_unit_test_setup_teardown(one_that_sets_itself_for_ever_keeps_no_other_waiting,
					    setup, fixture_teardown),
	    cmocka_unit_test_setup_teardown(nobody_sleeps_while_one_is_set, setup,
					    fixture_teardown),
	    cmocka_unit_test_setup_teardown(they_run_while_nobody_is_runnable, setup,
					    fixture_teardown),
	    FIXTURE_TEST(one_may_set_itself_again),
	    FIXTURE_TEST(one_may_wake_a_process),
	    FIXTURE_TEST(one_may_wake_the_process_that_is_falling_asleep),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
