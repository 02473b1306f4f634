/* The CLINT driver against a model: a 64-bit clock, two deadlines, and the rule that the interrupt
 * is up while the counter has reached the comparator. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <chips/qemu_virt/clint.h>
#include <cmocka.h>
#include <stdlib.h>

#define NEVER UINT64_MAX

struct clint_test {
	struct alarm_client client;
	struct qemu_virt_clint clint;
	uint32_t fired;
	/* What to do inside fired(). */
	bool set_again;
	uint32_t again_dt;
};

/* Offsets of the SiFive CLINT; its counter is a block of its own. */
enum offset {
	MTIMECMP = 0x4000,
	MTIMECMP_HIGH = 0x4004,
	MTIME = 0xBFF8,
	MTIME_HIGH = 0xBFFC,
	WORDS = 0xC000 / 4,
};

/* What the driver makes of its typed registers, word by word. */
static union {
	struct qemu_virt_clint_registers registers;
	uint32_t words[WORDS];
} block;

static uint32_t *at(enum offset offset)
{
	return &block.words[offset / 4];
}

static struct clint_test test;
static uint32_t slices_expired;

void kernel_slice_expired(void)
{
	slices_expired++;
}

static void test_fired(struct clint_test *self)
{
	assert_false(alarm_is_armed(&self->clint.alarm));
	/* No time passes in the driver: A5 */
	assert_int_equal(alarm_fired_at(&self->clint.alarm), alarm_now(&self->clint.alarm));
	self->fired++;
	if (self->set_again) {
		alarm_set(&self->clint.alarm, alarm_now(&self->clint.alarm), self->again_dt);
	}
}

ALARM_CLIENT_IMPLEMENT(test, struct clint_test, client, .fired = test_fired);

static void clock_set(uint64_t now)
{
	*at(MTIME) = (uint32_t)now;
	*at(MTIME_HIGH) = (uint32_t)(now >> 32);
}

static uint64_t comparator(void)
{
	return (uint64_t)*at(MTIMECMP_HIGH) << 32 | *at(MTIMECMP);
}

static int setup(void **state)
{
	(void)state;
	*at(MTIMECMP) = 0;
	*at(MTIMECMP_HIGH) = 0;
	clock_set(0);
	slices_expired = 0;
	test = (struct clint_test){0};
	qemu_virt_clint_init(&test.clint, &block.registers,
			     (struct qemu_virt_clint_counter_registers *)at(MTIME));
	alarm_client_bind(&test.client, &test_alarm_client_operations);
	alarm_set_client(&test.clint.alarm, &test.client);
	return 0;
}

static void silent_after_init(void **state)
{
	(void)state;
	assert_true(comparator() == NEVER);
	assert_false(alarm_is_armed(&test.clint.alarm));
	assert_int_equal(alarm_frequency(&test.clint.alarm), 10000000);
}

static void the_clock_has_64_bits(void **state)
{
	(void)state;
	clock_set(0x123456789abcull);
	assert_true(clock_now(&test.clint.clock) == 0x123456789abcull);
	assert_int_equal(clock_frequency(&test.clint.clock), 10000000);
}

static void set_is_relative_to_the_reference(void **state)
{
	(void)state;
	clock_set(1000);
	alarm_set(&test.clint.alarm, 900, 250);
	assert_true(comparator() == 1150);
	assert_true(alarm_is_armed(&test.clint.alarm));
	assert_int_equal(test.fired, 0);
}

static void moment_past_is_due_at_once_but_not_inside_set(void **state)
{
	(void)state;
	clock_set(0x500000010);
	alarm_set(&test.clint.alarm, 0, 0x10);
	assert_true(comparator() == 0x500000010);
	assert_int_equal(test.fired, 0);
	interrupt_handler_service(&test.clint.interrupt);
	assert_int_equal(test.fired, 1);
	assert_true(comparator() == NEVER);
}

static void reference_may_lie_before_the_clock_began(void **state)
{
	(void)state;
	clock_set(5);
	alarm_set(&test.clint.alarm, (uint32_t)-16, 10);
	assert_true(comparator() == 5);
	alarm_set(&test.clint.alarm, (uint32_t)-16, 30);
	assert_true(comparator() == 14);
}

static void moment_may_lie_past_the_low_words_wrap(void **state)
{
	(void)state;
	clock_set(0x2FFFFFFF0);
	alarm_set(&test.clint.alarm, 0xFFFFFFE0, 0x40);
	assert_true(comparator() == 0x300000020);
	alarm_set(&test.clint.alarm, 0xFFFFFFF0, UINT32_MAX);
	assert_true(comparator() == 0x3FFFFFFEF);
}

/* Equal low halves are not equal deadlines. */
static void high_half_alone_may_change(void **state)
{
	(void)state;
	clock_set(0x100000000);
	alarm_set(&test.clint.alarm, 0, 0x10);
	assert_true(comparator() == 0x100000010);
	clock_set(0x1FFFFFFFF);
	alarm_set(&test.clint.alarm, 0xFFFFFFFF, 0x11);
	assert_true(comparator() == 0x200000010);
}

static void service_before_the_moment_does_nothing(void **state)
{
	(void)state;
	clock_set(100);
	alarm_set(&test.clint.alarm, 100, 50);
	clock_set(149);
	interrupt_handler_service(&test.clint.interrupt);
	assert_int_equal(test.fired, 0);
	assert_true(comparator() == 150);
	clock_set(150);
	interrupt_handler_service(&test.clint.interrupt);
	assert_int_equal(test.fired, 1);
}

static void earlier_deadline_has_the_comparator(void **state)
{
	(void)state;
	clock_set(0xFFFFFF00);
	slice_timer_start(&test.clint.slice_timer, 100);
	assert_true(comparator() == 0xFFFFFF00ull + 1000);
	alarm_set(&test.clint.alarm, 0xFFFFFF00, 10);
	assert_true(comparator() == 0xFFFFFF0A);
	alarm_disarm(&test.clint.alarm);
	assert_true(comparator() == 0xFFFFFF00ull + 1000);
	slice_timer_stop(&test.clint.slice_timer);
	assert_true(comparator() == NEVER);
}

static void slice_restarts(void **state)
{
	(void)state;
	slice_timer_start(&test.clint.slice_timer, 1);
	clock_set(9);
	slice_timer_start(&test.clint.slice_timer, 100000);
	assert_true(comparator() == 1000009);
	clock_set(1000009);
	interrupt_handler_service(&test.clint.interrupt);
	interrupt_handler_service(&test.clint.interrupt);
	assert_int_equal(slices_expired, 1);
}

static void alarm_set_inside_fired(void **state)
{
	(void)state;
	test.set_again = true;
	test.again_dt = 0;
	alarm_set(&test.clint.alarm, 0, 0);
	interrupt_handler_service(&test.clint.interrupt);
	assert_int_equal(test.fired, 1);
	assert_true(alarm_is_armed(&test.clint.alarm));
	interrupt_handler_service(&test.clint.interrupt);
	assert_int_equal(test.fired, 2);
}

/* One step of the walk: what it does is drawn by lot, what must follow is known. */
static void walk_step(uint64_t now, uint64_t *alarm, uint64_t *slice)
{
	uint32_t back = (uint32_t)rand() % 1000;
	uint32_t dt = (rand() & 7) == 0 ? (uint32_t)rand() * 2u : (uint32_t)rand() % 2000;
	uint32_t microseconds = 1 + (uint32_t)rand() % 200;

	switch (rand() % 5) {
	case 0:
		alarm_set(&test.clint.alarm, (uint32_t)now - back, dt);
		*alarm = dt > back ? now + (dt - back) : now;
		break;
	case 1:
		alarm_disarm(&test.clint.alarm);
		*alarm = NEVER;
		break;
	case 2:
		slice_timer_start(&test.clint.slice_timer, microseconds);
		*slice = now + (uint64_t)microseconds * 10;
		break;
	case 3:
		slice_timer_stop(&test.clint.slice_timer);
		*slice = NEVER;
		break;
	default:
		break; /* time goes by */
	}
}

static void random_walk_across_the_wrap(void **state)
{
	(void)state;
	uint64_t now = 0xFFF00000;
	uint64_t alarm = NEVER;
	uint64_t slice = NEVER;

	srand(1);
	for (int step = 0; step < 20000; step++) {
		clock_set(now);
		walk_step(now, &alarm, &slice);
		assert_true(comparator() == (alarm < slice ? alarm : slice));
		now += (uint64_t)rand() % 1500;
		clock_set(now);
		test.fired = 0;
		slices_expired = 0;
		if (now >= comparator()) {
			interrupt_handler_service(&test.clint.interrupt);
		}
		assert_int_equal(test.fired, alarm <= now);
		assert_int_equal(slices_expired, slice <= now);
		alarm = alarm <= now ? NEVER : alarm;
		slice = slice <= now ? NEVER : slice;
		assert_int_equal(alarm_is_armed(&test.clint.alarm), alarm != NEVER);
	}
	assert_true(now > 0x100000000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(silent_after_init, setup),
	    cmocka_unit_test_setup(the_clock_has_64_bits, setup),
	    cmocka_unit_test_setup(set_is_relative_to_the_reference, setup),
	    cmocka_unit_test_setup(moment_past_is_due_at_once_but_not_inside_set, setup),
	    cmocka_unit_test_setup(reference_may_lie_before_the_clock_began, setup),
	    cmocka_unit_test_setup(moment_may_lie_past_the_low_words_wrap, setup),
	    cmocka_unit_test_setup(high_half_alone_may_change, setup),
	    cmocka_unit_test_setup(service_before_the_moment_does_nothing, setup),
	    cmocka_unit_test_setup(earlier_deadline_has_the_comparator, setup),
	    cmocka_unit_test_setup(slice_restarts, setup),
	    cmocka_unit_test_setup(alarm_set_inside_fired, setup),
	    cmocka_unit_test_setup(random_walk_across_the_wrap, setup),
	};

	return cmocka_run_group_tests_name("clint", tests, NULL, NULL);
}
