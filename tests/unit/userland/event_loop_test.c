/* Tasks among upcalls: E1 to E3 of event_loop.h. */

#include "fake_kernel.h"

#include <event_loop.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <timer.h>

#include <cmocka.h>

static char trace[32];
static uint32_t traced;
static volatile bool is_done;

static void mark(char letter)
{
	if (traced < sizeof(trace) - 1) {
		trace[traced++] = letter;
	}
	trace[traced] = '\0';
}

static struct task first, second;
static bool is_inside;

static void say_second(void *data)
{
	(void)data;
	assert_false(is_inside);
	mark('2');
	is_done = true;
}

static void say_first(void *data)
{
	assert_ptr_equal(data, &traced);
	assert_false(is_inside);
	is_inside = true;
	mark('1');
	task_post(&second, say_second, NULL);
	task_post(&second, say_second, NULL);
	fake_event();
	is_inside = false;
}

static void other(uint32_t a, uint32_t b, uint32_t c, uint32_t data)
{
	(void)a, (void)b, (void)c, (void)data;
	assert_false(is_inside);
	mark('u');
	if (traced == 1) {
		task_post(&first, say_first, &traced);
	}
}

static int begin(void **state)
{
	(void)state;
	fake_kernel_reset(1000);
	subscribe(DRIVER_OTHER, 0, other, 0);
	traced = 0;
	is_done = false;
	return 0;
}

/* An upcall posts a task, which posts another, twice, and has an event come: that one is in between. */
static void test_tasks_and_upcalls_in_turn(void **state)
{
	(void)state;
	fake_event();
	event_loop_until(&is_done);
	assert_string_equal(trace, "u1u2");
	assert_int_equal(fake_queue_length(), 0);
}

static uint32_t rounds;

static void for_ever(void *data)
{
	struct task *task = data;

	rounds++;
	task_post(task, for_ever, task);
}

static void stop(struct timer *timer, void *data)
{
	(void)timer, (void)data;
	is_done = true;
}

/* E2: while a task that posts itself again is running, a timer has its turn; E3: then the loop sleeps. */
static void test_endless_task_lets_timers_run(void **state)
{
	static struct task endless;
	static struct timer timer;

	(void)state;
	timer_start(&timer, 100000, stop, NULL);
	task_post(&endless, for_ever, &endless);
	event_loop_until(&is_done);
	assert_true(rounds > 100);
	assert_true(endless.is_posted);

	rounds = 0;
	event_loop_poll();
	assert_int_equal(rounds, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(test_tasks_and_upcalls_in_turn, begin),
	    cmocka_unit_test_setup(test_endless_task_lets_timers_run, begin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
