/* Timers and the clock against a model in 64 bits, over thousands of wraps of the counter. The model knows what was asked
 * for and the true time, and nothing of how the library does it.
 *
 * Two programs are made of this: with driver 0x9, which knows 64 bits (HAS_STATE 1), and without (0). */

#include "fake_kernel.h"

#include <alarm.h>
#include <clock.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <timer.h>

#include <cmocka.h>

enum {
	TIMERS = 12,
	STEPS = 300000,
	NESTING_MAX = 2, /* yields inside a timer's function */
};

#define WRAP (1ull << 32)

struct expectation {
	bool is_running;
	uint64_t due;    /* as asked for */
	uint64_t period; /* 0: once */
	uint64_t start;  /* of a periodic one: beats are start + n * period */
	uint64_t fired;  /* beats since the start */
	uint32_t pass;   /* passes that had begun when it was started */
};

static struct timer timers[TIMERS];
static struct expectation expected[TIMERS];
static uint32_t depth;
static uint64_t fired_total, missed_total, nested_total;
static uint64_t order; /* moment of the last timer that ran in this pass, */
static uint32_t order_pass;
static uint32_t others; /* events of the other driver that came */

static void random_operation(void);

/* Not too near to zero, to wraps, to half wraps and to several of them. */
static uint64_t random_ticks(void)
{
	switch (fake_random() % 8) {
	case 0:
		return fake_random() % 4;
	case 1:
		return fake_random() % 1000;
	case 2:
		return WRAP / 2 - 50 + fake_random() % 100;
	case 3:
		return WRAP - 50 + fake_random() % 100;
	case 4:
		return fake_random() % (8 * WRAP);
	default:
		return fake_random() % 10000000;
	}
}

/* Whatever the library was asked to do, it has left the alarm so that nobody is late. */
static void check_alarm(void)
{
	uint64_t first = UINT64_MAX;

	for (uint32_t i = 0; i < TIMERS; i++) {
		if (expected[i].is_running && timers[i].due < first) {
			first = timers[i].due;
		}
	}
	if (first == UINT64_MAX || fake_is_queued(DRIVER_ALARM)) {
		return;
	}
	assert_true(fake_kernel.is_armed);
	assert_true(fake_kernel.fires_at <= (first > fake_kernel.now ? first : fake_kernel.now));
	assert_true(fake_kernel.fires_at <= fake_kernel.now + WRAP / 2);
}

/* Everything that was due when the last pass began, and had been started before, has run. */
static void check_nobody_is_left(void)
{
	for (uint32_t i = 0; i < TIMERS; i++) {
		if (expected[i].is_running && expected[i].pass < fake_kernel.passes) {
			assert_true(timers[i].due > fake_kernel.latest_pass);
		}
		assert_int_equal(timer_is_running(&timers[i]), expected[i].is_running);
	}
}

static void check_order(uint64_t moment)
{
	if (order_pass == fake_kernel.passes) {
		assert_true(moment >= order);
	}
	order_pass = fake_kernel.passes;
	order = moment;
}

static void fired(struct timer *timer, void *data)
{
	uint32_t i = (uint32_t)(timer - timers);
	struct expectation *each = &expected[i];

	assert_ptr_equal(data, each);
	assert_true(each->is_running);
	assert_true(fake_kernel.now >= each->due);
	assert_true(each->pass < fake_kernel.passes);
	fired_total++;
	each->fired++;
	if (each->period == 0) {
		check_order(timer->due);
		each->is_running = false;
	} else {
		uint64_t beats = (timer->due - each->start) / each->period;

		assert_int_equal(timer->due, each->start + beats * each->period);
		assert_int_equal(each->fired + timer->missed, beats - 1);
		assert_true(timer->due > fake_kernel.latest_pass);
		each->due = timer->due;
	}
	check_alarm();
	if (depth < NESTING_MAX && fake_random() % 4 == 0) {
		depth++;
		nested_total++;
		random_operation();
		depth--;
		order_pass = 0; /* a pass inside a pass has an order of its own */
	}
}

static void other(uint32_t a, uint32_t b, uint32_t c, uint32_t data)
{
	(void)a, (void)b, (void)c, (void)data;
	others++;
}

static void expect(uint32_t i, uint64_t due, uint64_t period)
{
	expected[i] = (struct expectation){
	    .is_running = true,
	    .due = due,
	    .period = period,
	    .start = timers[i].due - period,
	    .pass = fake_kernel.passes,
	};
}

static void start_any(uint32_t i)
{
	uint64_t before = fake_kernel.now;
	uint64_t ticks = random_ticks();

	switch (fake_random() % 3) {
	case 0:
		timer_start(&timers[i], ticks, fired, &expected[i]);
		assert_in_range(timers[i].due, before + ticks, fake_kernel.now + ticks + 1);
		expect(i, before + ticks, 0);
		break;
	case 1: {
		uint64_t moment =
		    fake_random() % 4 == 0 ? before - fake_random() % before : before + ticks;

		timer_start_at(&timers[i], moment, fired, &expected[i]);
		expect(i, moment, 0);
		break;
	}
	default:
		ticks = ticks / 4;
		timer_start_periodic(&timers[i], ticks, fired, &expected[i]);
		ticks = ticks > 0 ? ticks : 1;
		expect(i, before + ticks, ticks);
		break;
	}
}

static bool any_running(void)
{
	for (uint32_t i = 0; i < TIMERS; i++) {
		if (expected[i].is_running) {
			return true;
		}
	}
	return false;
}

/* Without driver 0x9 the process must look at the clock once in a wrap (C3). */
static void compute(void)
{
	uint64_t ticks = random_ticks();

	if (!fake_kernel.has_state) {
		ticks %= WRAP / 4;
		if (fake_kernel.now + ticks - fake_kernel.latest_look > WRAP / 2) {
			clock_now();
		}
	}
	fake_compute(ticks);
}

static void look(void)
{
	uint64_t before = fake_kernel.now;
	uint64_t seen = clock_now();

	assert_in_range(seen, before, fake_kernel.now);
}

static void yield(void)
{
	uint32_t passes = fake_kernel.passes;

	if (any_running() && fake_random() % 2 == 0) {
		yield_wait();
	} else {
		static uint8_t ran;

		yield_no_wait(&ran);
	}
	if (fake_kernel.passes != passes && depth == 0) {
		check_nobody_is_left();
	}
}

static void sleep_for_a_while(void)
{
	uint64_t moment = fake_kernel.now + random_ticks();
	uint64_t fired_before = fired_total;

	clock_sleep_until(moment);
	assert_true(fake_kernel.now >= moment);
	assert_int_equal(fired_total, fired_before);
}

static void random_operation(void)
{
	uint32_t i = fake_random() % TIMERS;

	fake_kernel.lateness =
	    fake_random() % 8 == 0 ? fake_random() % (WRAP / 8) : fake_random() % 50;
	switch (fake_random() % 12) {
	case 0:
	case 1:
		start_any(i);
		break;
	case 2:
		assert_int_equal(timer_stop(&timers[i]), expected[i].is_running);
		expected[i].is_running = false;
		break;
	case 3:
		compute();
		break;
	case 4:
		look();
		break;
	case 5:
		sleep_for_a_while();
		break;
	case 6:
		if (fake_queue_length() < 5) {
			fake_event();
		}
		break;
	default:
		yield();
		break;
	}
	check_alarm();
}

static void run_model(uint64_t begin, uint64_t seed)
{
	uint64_t wraps;

	fake_random_seed(seed);
	for (uint32_t i = 0; i < TIMERS; i++) {
		timer_stop(&timers[i]);
	}
	memset(timers, 0, sizeof(timers));
	memset(expected, 0, sizeof(expected));
	fired_total = missed_total = nested_total = 0;
	for (uint32_t step = 0; step < STEPS; step++) {
		random_operation();
	}
	for (uint32_t i = 0; i < TIMERS; i++) {
		missed_total += timers[i].missed;
	}
	wraps = (fake_kernel.now - begin) / WRAP;
	assert_true(wraps > 10000);
	assert_true(fired_total > 10000);
	assert_true(nested_total > 1000);
	printf("counted: %llu wraps of the counter, %llu timers run, %llu of them with something "
	       "inside\n",
	       (unsigned long long)wraps, (unsigned long long)fired_total,
	       (unsigned long long)nested_total);
}

static void test_random_model(void **state)
{
	(void)state;
	run_model(fake_kernel.now, 1);
}

static void count(struct timer *timer, void *data)
{
	(void)timer;
	++*(uint32_t *)data;
}

/* T4: a timer that always starts itself anew, at once, and an event of another driver. */
static void again(struct timer *timer, void *data)
{
	++*(uint32_t *)data;
	timer_start(timer, 0, again, data);
}

static void test_greedy_timer_keeps_nobody_from_running(void **state)
{
	static struct timer greedy, fast, slow;
	static uint32_t greedy_count, fast_count, slow_count;

	(void)state;
	timer_start(&greedy, 0, again, &greedy_count);
	timer_start_periodic(&fast, 1, count, &fast_count);
	timer_start(&slow, 2000, count, &slow_count);
	others = 0;
	fake_event();
	for (uint32_t i = 0; i < 1000; i++) {
		yield_wait();
	}
	assert_int_equal(others, 1);
	assert_int_equal(slow_count, 1);
	assert_true(greedy_count > 400 && fast_count > 400);
	assert_true(fast.missed > 0);
	timer_stop(&greedy);
	timer_stop(&fast);
}

/* T2 */
static uint32_t sequence[3];
static uint32_t sequence_length;

static void note(struct timer *timer, void *data)
{
	(void)timer;
	sequence[sequence_length++] = *(uint32_t *)data;
}

static void test_equal_moments_run_as_started(void **state)
{
	static struct timer same[3];
	static uint32_t numbers[3] = {0, 1, 2};
	uint64_t moment = clock_now() + 5000;

	(void)state;
	for (uint32_t i = 0; i < 3; i++) {
		timer_start_at(&same[i], moment, note, &numbers[i]);
	}
	while (sequence_length < 3) {
		yield_wait();
	}
	for (uint32_t i = 0; i < 3; i++) {
		assert_int_equal(sequence[i], i);
	}
}

/* A timer without end neither wraps nor fires. */
static void test_longest_time(void **state)
{
	static struct timer timer;
	static uint32_t fired_count;

	(void)state;
	timer_start(&timer, UINT64_MAX, count, &fired_count);
	assert_int_equal(timer.due, UINT64_MAX);
	for (uint32_t i = 0; i < 1000; i++) {
		yield_wait();
	}
	assert_int_equal(fired_count, 0);
	assert_true(timer_stop(&timer));
	assert_false(timer_stop(&timer));
}

static void test_conversions(void **state)
{
	(void)state;
	assert_int_equal(clock_ticks(0), 0);
	assert_int_equal(clock_ticks(1), FREQUENCY / 1000);
	assert_int_equal(clock_ticks(UINT64_MAX), UINT64_MAX);
	assert_int_equal(clock_milliseconds(UINT64_MAX), UINT64_MAX / (FREQUENCY / 1000));
	for (uint32_t i = 0; i < 10000; i++) {
		uint64_t ms = fake_random() >> (fake_random() % 64);
		unsigned __int128 ticks = ((unsigned __int128)ms * FREQUENCY + 999) / 1000;

		assert_int_equal(clock_ticks(ms),
				 ticks > UINT64_MAX ? UINT64_MAX : (uint64_t)ticks);
		assert_int_equal(clock_milliseconds(ms),
				 (uint64_t)((unsigned __int128)ms * 1000 / FREQUENCY));
	}
}

static void test_no_alarm_no_hang(void **state)
{
	(void)state;
	fake_kernel.has_alarm = false;
	clock_sleep_until(fake_kernel.now + 1000);
	clock_sleep_ms(1000);
	assert_int_equal(clock_ticks(1000), 0);
	assert_int_equal(clock_milliseconds(1000), 0);
	fake_kernel.has_alarm = true;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_conversions),
	    cmocka_unit_test(test_greedy_timer_keeps_nobody_from_running),
	    cmocka_unit_test(test_equal_moments_run_as_started),
	    cmocka_unit_test(test_longest_time),
	    cmocka_unit_test(test_random_model),
	    cmocka_unit_test(test_no_alarm_no_hang), /* after it the clock is not right any more */
	};

	fake_kernel_reset(12345);
	fake_kernel.has_state = HAS_STATE;
	subscribe(DRIVER_OTHER, 0, other, 0);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
