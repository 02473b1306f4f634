#include <chips/lm3s/timer_alarm.h>

/* The time is told by the watchdog, because it is the one 32-bit counter that can be read both on
 * the part and in QEMU, whose model of the general-purpose timers reads 0. It counts down from all
 * ones, so the ticks since its last reload are its value inverted; `bias` holds the rest:
 *
 *     now = bias + ~value
 *
 * A lap is 2^32 ticks exactly, so that the low 32 bits of this run on through the wrap. But the wrap raises
 * an interrupt, and if that is still uncleared at the next one, the part wants to reset and QEMU
 * stops the counter. Clearing it also reloads the counter: what the counter had done goes to the
 * bias in the same breath, with the lap that has passed.
 *
 * The alarm is a one-shot timer that is started for the ticks that are left. No absolute moment is
 * kept: `left` shrinks as `epoch` moves on, and the timer is never started for more than ALARM_SLEEP_MAX,
 * so that the epoch never falls a whole lap behind the clock.
 *
 * Invariant: while armed, the timer is running or its interrupt is raised. */

/* Ticks from one wrap of the counter to the next. */
static const uint64_t WATCHDOG_LAP = 1ull << 32;

/* Ticks. The least that the timer is started for: enough that the interrupt comes after the start
 * even if the part's timer should need a few clocks to notice its new value. */
enum {
	MIN_SLEEP = 8
};

static const struct lm3s_timer_interrupts TIMEOUT_A = {.timeout_a = true};

/* Since the counter was last reloaded. */
static uint32_t watchdog_ticks(struct lm3s_timer_alarm *self)
{
	return ~lm3s_watchdog_value_read(&self->watchdog->value);
}

static uint32_t timer_alarm_now(struct lm3s_timer_alarm *self)
{
	return (uint32_t)self->bias + watchdog_ticks(self);
}

/* If the counter has wrapped and its interrupt is still to come, the lap is not in the bias yet. */
static uint64_t timer_time(struct lm3s_timer_alarm *self)
{
	uint32_t passed = watchdog_ticks(self);

	if (lm3s_watchdog_interrupts_raw_read(&self->watchdog->interrupts_raw).timeout) {
		return self->bias + WATCHDOG_LAP + watchdog_ticks(self);
	}
	return self->bias + passed;
}

static uint32_t timer_alarm_frequency(struct lm3s_timer_alarm *self)
{
	return self->clock_hz;
}

/* Moves the epoch to `now`. */
static void epoch_advance(struct lm3s_timer_alarm *self, uint32_t now)
{
	self->left = alarm_ticks_left(self->epoch, self->left, now);
	self->epoch = now;
}

static void timer_stop(struct lm3s_timer_registers *timer)
{
	lm3s_timer_control_write(&timer->control, (struct lm3s_timer_control){0});
	lm3s_timer_interrupts_clear(&timer->interrupts, TIMEOUT_A);
}

static void timer_start(struct lm3s_timer_registers *timer, uint32_t left)
{
	uint32_t sleep = left;

	if (sleep < MIN_SLEEP) {
		sleep = MIN_SLEEP;
	}
	if (sleep > ALARM_SLEEP_MAX) {
		sleep = ALARM_SLEEP_MAX;
	}
	timer_stop(timer);
	lm3s_timer_load_a_write(&timer->load_a, sleep);
	lm3s_timer_control_write(&timer->control, (struct lm3s_timer_control){.enable_a = true});
}

static void timer_alarm_set(struct lm3s_timer_alarm *self, uint32_t reference, uint32_t dt)
{
	self->armed = true;
	self->epoch = reference;
	self->left = dt;
	epoch_advance(self, timer_alarm_now(self));
	timer_start(self->timer, self->left);
}

static void timer_alarm_disarm(struct lm3s_timer_alarm *self)
{
	self->armed = false;
	timer_stop(self->timer);
}

static bool timer_alarm_is_armed(struct lm3s_timer_alarm *self)
{
	return self->armed;
}

/* Also called for a moment that has been set anew or disarmed since the line was raised. */
static void timer_service(struct lm3s_timer_alarm *self)
{
	lm3s_timer_interrupts_clear(&self->timer->interrupts, TIMEOUT_A);
	if (!self->armed) {
		return;
	}
	epoch_advance(self, timer_alarm_now(self));
	if (self->left > 0) {
		timer_start(self->timer, self->left);
		return;
	}
	timer_alarm_disarm(self);
	alarm_fired(&self->alarm, self->epoch);
}

/* Between the two lines the counter runs on: the loss of T3. */
static void watchdog_service(struct lm3s_timer_alarm *self)
{
	self->bias = timer_time(self);
	lm3s_watchdog_acknowledge_write(&self->watchdog->acknowledge, 1);
}

ALARM_IMPLEMENT(lm3s_timer, struct lm3s_timer_alarm, alarm, .now = timer_alarm_now,
		.frequency = timer_alarm_frequency, .set = timer_alarm_set,
		.disarm = timer_alarm_disarm, .is_armed = timer_alarm_is_armed);
CLOCK_IMPLEMENT(lm3s_timer, struct lm3s_timer_alarm, clock, .now = timer_time,
		.frequency = timer_alarm_frequency);
INTERRUPT_HANDLER_IMPLEMENT(lm3s_timer, struct lm3s_timer_alarm, timer_interrupt,
			    .service = timer_service);
INTERRUPT_HANDLER_IMPLEMENT(lm3s_watchdog, struct lm3s_timer_alarm, watchdog_interrupt,
			    .service = watchdog_service);

static void timer_init(struct lm3s_timer_registers *timer)
{
	timer_stop(timer);
	lm3s_timer_configuration_write(
	    &timer->configuration, (struct lm3s_timer_configuration){.width = LM3S_TIMER_32_BITS});
	lm3s_timer_mode_a_write(&timer->mode_a,
				(struct lm3s_timer_modes){.mode = LM3S_TIMER_ONE_SHOT});
	lm3s_timer_interrupt_mask_write(&timer->interrupt_mask, TIMEOUT_A);
}

static void watchdog_init(struct lm3s_watchdog_registers *watchdog)
{
	lm3s_watchdog_lock_write(&watchdog->lock, LM3S_WATCHDOG_OPEN);
	lm3s_watchdog_load_write(&watchdog->load, UINT32_MAX);
	lm3s_watchdog_control_write(&watchdog->control,
				    (struct lm3s_watchdog_control){.interrupt = true});
}

void lm3s_timer_alarm_init(struct lm3s_timer_alarm *self, struct lm3s_timer_registers *timer,
			   struct lm3s_watchdog_registers *watchdog, uint32_t clock_hz)
{
	self->timer = timer;
	self->watchdog = watchdog;
	self->clock_hz = clock_hz;
	self->bias = 0;
	self->armed = false;
	alarm_bind(&self->alarm, &lm3s_timer_alarm_operations);
	clock_bind(&self->clock, &lm3s_timer_clock_operations);
	interrupt_handler_bind(&self->timer_interrupt, &lm3s_timer_interrupt_operations);
	interrupt_handler_bind(&self->watchdog_interrupt, &lm3s_watchdog_interrupt_operations);
	timer_init(timer);
	watchdog_init(watchdog);
}
