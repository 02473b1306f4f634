/* Deferred calls; D1 and D2 are the clauses of kernel/deferred_call.h. */

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

struct note {
	struct deferred_call deferred;
	char letter;
	struct note *sets; /* another one to set while it runs */
};

static struct {
	char letters[16];
	uint32_t count;
} written;

static void note_run(struct note *self)
{
	written.letters[written.count++] = self->letter;
	if (self->sets != NULL) {
		deferred_call_set(&self->sets->deferred);
		self->sets = NULL;
	}
}

DEFERRED_CALL_IMPLEMENT(note, struct note, deferred, .run = note_run);

static struct note note(char letter)
{
	struct note made = {.letter = letter};

	deferred_call_bind(&made.deferred, &note_deferred_call_operations);
	return made;
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

static void one_set_while_another_runs_comes_in_the_same_round(void **state)
{
	struct note a = note('a'), b = note('b'), c = note('c');

	(void)state;
	fixture_start_apps(1);
	a.sets = &c;
	c.sets = &a;
	deferred_call_set(&a.deferred);
	deferred_call_set(&b.deferred);
	kernel_next();
	assert_written("abca");
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
	kernel_system_call(&kernel.running->context, COMMAND);
	registers[0] = 1;
	kernel_system_call(&kernel.running->context, YIELD);
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
	    cmocka_unit_test_setup_teardown(one_set_while_another_runs_comes_in_the_same_round,
					    setup, fixture_teardown),
	    cmocka_unit_test_setup_teardown(they_run_while_nobody_is_runnable, setup,
					    fixture_teardown),
	    FIXTURE_TEST(one_may_set_itself_again),
	    FIXTURE_TEST(one_may_wake_a_process),
	    FIXTURE_TEST(one_may_wake_the_process_that_is_falling_asleep),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
