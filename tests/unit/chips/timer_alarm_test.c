/* The LM3S clock and alarm against a 64-bit model of watchdog and timer. The model lets
 * time pass, reloads the counter when its interrupt is cleared, and expires the timer, as the part
 * does. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <chips/lm3s/timer_alarm.h>
#include <cmocka.h>
#include <stdlib.h>

#define LAP (1ull << 32)

struct timer_alarm_test {
	struct alarm_client client;
	struct lm3s_timer_alarm driver;
	uint32_t fired;
};

/* Data sheet, "Register Map" of the two chapters. */
enum timer_offset {
	GPTMCFG = 0x000,
	GPTMTAMR = 0x004,
	GPTMCTL = 0x00C,
	GPTMIMR = 0x018,
	GPTMICR = 0x024,
	GPTMTAILR = 0x028,
};

enum watchdog_offset {
	WDTLOAD = 0x000,
	WDTVALUE = 0x004,
	WDTCTL = 0x008,
	WDTICR = 0x00C,
	WDTRIS = 0x010,
	WDTLOCK = 0xC00,
};

/* What the driver makes of its typed registers, word by word. */
static union {
	struct lm3s_watchdog_registers registers;
	uint32_t words[sizeof(struct lm3s_watchdog_registers) / sizeof(uint32_t)];
} watchdog;

static union {
	struct lm3s_timer_registers registers;
	uint32_t words[sizeof(struct lm3s_timer_registers) / sizeof(uint32_t)];
} timer;

static uint32_t *timer_at(enum timer_offset offset)
{
	return &timer.words[offset / 4];
}

static uint32_t *watchdog_at(enum watchdog_offset offset)
{
	return &watchdog.words[offset / 4];
}

static struct timer_alarm_test test;

/* Ticks since the driver's init; when the counter was last reloaded; when the timer expires. */
static uint64_t model_now, model_reload, model_expiry;

static void test_fired(struct timer_alarm_test *self)
{
	assert_false(alarm_is_armed(&self->driver.alarm));
	/* No time passes in the driver: A5 */
	assert_int_equal(alarm_fired_at(&self->driver.alarm), alarm_now(&self->driver.alarm));
	self->fired++;
}

ALARM_CLIENT_IMPLEMENT(test, struct timer_alarm_test, client, .fired = test_fired);

static void model_advance(uint64_t ticks)
{
	model_now += ticks;
	*watchdog_at(WDTVALUE) = ~(uint32_t)(model_now - model_reload);
	*watchdog_at(WDTRIS) = model_now - model_reload >= LAP;
}

/* After a call that may have started the timer. */
static void model_note_start(void)
{
	model_expiry = *timer_at(GPTMCTL) == 1 ? model_now + *timer_at(GPTMTAILR) : UINT64_MAX;
}

static void model_watchdog_interrupt(void)
{
	*watchdog_at(WDTICR) = 0;
	interrupt_handler_service(&test.driver.watchdog_interrupt);
	assert_int_not_equal(*watchdog_at(WDTICR), 0);
	model_reload = model_now;
	model_advance(0);
}

static void model_timer_interrupt(void)
{
	*timer_at(GPTMCTL) = 0; /* one-shot */
	*timer_at(GPTMICR) = 0;
	interrupt_handler_service(&test.driver.timer_interrupt);
	assert_int_equal(*timer_at(GPTMICR), 1);
	model_note_start();
}

static void set(uint32_t back, uint32_t dt)
{
	alarm_set(&test.driver.alarm, (uint32_t)model_now - back, dt);
	model_note_start();
}

static int setup(void **state)
{
	(void)state;
	for (uint32_t word = 0; word < sizeof(timer.words) / sizeof(uint32_t); word++) {
		timer.words[word] = 0;
	}
	for (uint32_t word = 0; word < sizeof(watchdog.words) / sizeof(uint32_t); word++) {
		watchdog.words[word] = 0;
	}
	model_now = 0;
	model_reload = 0;
	test = (struct timer_alarm_test){0};
	lm3s_timer_alarm_init(&test.driver, &timer.registers, &watchdog.registers, 50000000);
	model_advance(0);
	model_note_start();
	alarm_client_bind(&test.client, &test_alarm_client_operations);
	alarm_set_client(&test.driver.alarm, &test.client);
	return 0;
}

static void init_starts_the_clock_and_no_reset(void **state)
{
	(void)state;
	assert_int_equal(*watchdog_at(WDTLOCK), 0x1ACCE551);
	assert_int_equal(*watchdog_at(WDTLOAD), UINT32_MAX);
	assert_int_equal(*watchdog_at(WDTCTL), 1); /* interrupt, no reset */
	assert_int_equal(*timer_at(GPTMCFG), 0);
	assert_int_equal(*timer_at(GPTMTAMR), 1);
	assert_int_equal(*timer_at(GPTMIMR), 1);
	assert_int_equal(*timer_at(GPTMCTL), 0);
	assert_int_equal(alarm_now(&test.driver.alarm), 0);
	assert_int_equal(alarm_frequency(&test.driver.alarm), 50000000);
	assert_int_equal(clock_frequency(&test.driver.clock), 50000000);
}

static void clock_runs_on_through_wraps_served_late(void **state)
{
	(void)state;
	srand(2);
	for (int lap = 0; lap < 100; lap++) {
		model_advance(model_reload + LAP - model_now);
		assert_int_equal(alarm_now(&test.driver.alarm), (uint32_t)model_now);
		assert_true(clock_now(&test.driver.clock) == model_now);
		model_advance((uint32_t)rand());
		assert_int_equal(alarm_now(&test.driver.alarm), (uint32_t)model_now);
		assert_true(clock_now(&test.driver.clock) == model_now);
		model_watchdog_interrupt();
		assert_int_equal(alarm_now(&test.driver.alarm), (uint32_t)model_now);
		assert_true(clock_now(&test.driver.clock) == model_now);
	}
}

static void timer_is_started_for_what_is_left(void **state)
{
	(void)state;
	model_advance(1000);
	set(100, 600);
	assert_int_equal(*timer_at(GPTMCTL), 1);
	assert_int_equal(*timer_at(GPTMTAILR), 500);
	assert_int_equal(test.fired, 0);
}

static void moment_past_fires_by_the_timer(void **state)
{
	(void)state;
	model_advance(1000);
	set(100, 50);
	assert_int_equal(test.fired, 0);
	assert_int_equal(*timer_at(GPTMCTL), 1);
	assert_in_range(*timer_at(GPTMTAILR), 1, 16);
	model_advance(*timer_at(GPTMTAILR));
	model_timer_interrupt();
	assert_int_equal(test.fired, 1);
	assert_int_equal(*timer_at(GPTMCTL), 0);
}

static void early_interrupt_starts_the_rest(void **state)
{
	(void)state;
	set(0, 500);
	model_advance(490);
	model_timer_interrupt();
	assert_int_equal(test.fired, 0);
	assert_int_equal(*timer_at(GPTMTAILR), 10);
	assert_int_equal(*timer_at(GPTMCTL), 1);
}

static void disarmed_stays_silent(void **state)
{
	(void)state;
	set(0, 500);
	alarm_disarm(&test.driver.alarm);
	assert_int_equal(*timer_at(GPTMCTL), 0);
	model_advance(1000);
	model_timer_interrupt(); /* was raised before disarm() */
	assert_int_equal(test.fired, 0);
	assert_false(alarm_is_armed(&test.driver.alarm));
}

/* Lets time pass to the next interrupt, serves it up to `lateness` late. */
static uint64_t model_next(uint32_t lateness)
{
	uint64_t wrap = model_reload + LAP;
	uint64_t next = wrap < model_expiry ? wrap : model_expiry;
	uint64_t late = (uint64_t)rand() % (lateness + 1ull);

	model_advance(next > model_now ? next - model_now + late : late);
	if (model_now >= wrap) {
		model_watchdog_interrupt();
	}
	if (model_now >= model_expiry) {
		model_timer_interrupt();
	}
	return late;
}

static void run_one(uint32_t back, uint32_t dt, uint32_t lateness)
{
	uint64_t moment = dt > back ? model_now + (dt - back) : model_now;
	uint64_t late_in_all = 0;

	test.fired = 0;
	set(back, dt);
	for (int events = 0; events < 20 && test.fired == 0; events++) {
		late_in_all += model_next(lateness);
	}
	assert_int_equal(test.fired, 1);
	assert_true(model_now >= moment);
	assert_true(model_now <= moment + late_in_all + 16);
}

static void longest_moments_served_very_late(void **state)
{
	(void)state;
	srand(3);
	run_one(0, UINT32_MAX, 0);
	run_one(0, UINT32_MAX, 1000000000);
	run_one(UINT32_MAX, UINT32_MAX, 5);
	run_one(1, UINT32_MAX, 2000000000);
	run_one(0, 0x80000000, 2000000000);
	run_one(0, 0x7FFFFFFF, 2000000000);
}

static void random_moments(void **state)
{
	(void)state;
	srand(4);
	for (int round = 0; round < 20000; round++) {
		uint32_t dt = (uint32_t)rand() * 2u >> rand() % 32;
		uint32_t back = (uint32_t)rand() >> rand() % 31;

		run_one(back, dt, (uint32_t)rand() >> 4);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(init_starts_the_clock_and_no_reset, setup),
	    cmocka_unit_test_setup(clock_runs_on_through_wraps_served_late, setup),
	    cmocka_unit_test_setup(timer_is_started_for_what_is_left, setup),
	    cmocka_unit_test_setup(moment_past_fires_by_the_timer, setup),
	    cmocka_unit_test_setup(early_interrupt_starts_the_rest, setup),
	    cmocka_unit_test_setup(disarmed_stays_silent, setup),
	    cmocka_unit_test_setup(longest_moments_served_very_late, setup),
	    cmocka_unit_test_setup(random_moments, setup),
	};

	return cmocka_run_group_tests_name("timer_alarm", tests, NULL, NULL);
}
