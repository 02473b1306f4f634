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

/* Register "GPTM Configuration" (GPTMCFG), offset 0x000. */
enum timer_configuration {
	TIMER_CONFIGURATION_32_BITS = 0,
};

/* Register "GPTM TimerA Mode" (GPTMTAMR), offset 0x004. */
enum timer_mode {
	TIMER_MODE_ONE_SHOT = 1,
};

/* Register "GPTM Control" (GPTMCTL), offset 0x00C. */
enum timer_control_bit {
	TIMER_CONTROL_ENABLE_A = 1 << 0,
};

/* Registers GPTMIMR, GPTMRIS, GPTMMIS and GPTMICR, offsets 0x018 to 0x024. */
enum timer_interrupt_bit {
	TIMER_INTERRUPT_TIMEOUT_A = 1 << 0,
};

/* Register "Watchdog Control" (WDTCTL), offset 0x008. Enabling the interrupt starts the counter,
 * and only a reset stops it. */
enum watchdog_control_bit {
	WATCHDOG_CONTROL_INTERRUPT = 1 << 0,
};

/* Register "Watchdog Lock" (WDTLOCK), offset 0xC00. */
enum watchdog_lock {
	WATCHDOG_LOCK_OPEN = 0x1ACCE551,
};

/* Register "Watchdog Raw Interrupt Status" (WDTRIS), offset 0x010. */
enum watchdog_interrupt_bit {
	WATCHDOG_INTERRUPT_WRAPPED = 1 << 0,
};

/* Ticks from one wrap of the counter to the next. */
static const uint64_t WATCHDOG_LAP = 1ull << 32;

/* Ticks. The least that the timer is started for: enough that the interrupt comes after the start
 * even if the part's timer should need a few clocks to notice its new value. */
enum {
	MIN_SLEEP = 8
};

static uint32_t timer_alarm_now(struct lm3s_timer_alarm *self)
{
	return (uint32_t)self->bias + ~self->watchdog->value;
}

/* If the counter has wrapped and its interrupt is still to come, the lap is not in the bias yet. */
static uint64_t timer_time(struct lm3s_timer_alarm *self)
{
	uint32_t passed = ~self->watchdog->value;

	if ((self->watchdog->interrupt_raw_status & WATCHDOG_INTERRUPT_WRAPPED) != 0) {
		return self->bias + WATCHDOG_LAP + ~self->watchdog->value;
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
	timer->control = 0;
	timer->interrupt_clear = TIMER_INTERRUPT_TIMEOUT_A;
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
	timer->load_a = sleep;
	timer->control = TIMER_CONTROL_ENABLE_A;
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
	self->timer->interrupt_clear = TIMER_INTERRUPT_TIMEOUT_A;
	if (!self->armed) {
		return;
	}
	epoch_advance(self, timer_alarm_now(self));
	if (self->left > 0) {
		timer_start(self->timer, self->left);
		return;
	}
	timer_alarm_disarm(self);
	alarm_fired(&self->alarm);
}

/* Between the two lines the counter runs on: the loss of T3. */
static void watchdog_service(struct lm3s_timer_alarm *self)
{
	self->bias = timer_time(self);
	self->watchdog->interrupt_clear = 1;
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
	timer->configuration = TIMER_CONFIGURATION_32_BITS;
	timer->mode_a = TIMER_MODE_ONE_SHOT;
	timer->interrupt_mask = TIMER_INTERRUPT_TIMEOUT_A;
}

static void watchdog_init(struct lm3s_watchdog_registers *watchdog)
{
	watchdog->lock = WATCHDOG_LOCK_OPEN;
	watchdog->load = UINT32_MAX;
	watchdog->control = WATCHDOG_CONTROL_INTERRUPT;
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
