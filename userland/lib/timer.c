#include <alarm.h>
#include <clock.h>
#include <stddef.h>
#include <timer_queue.h>

/* The alarm is set for the first timer, or for half a wrap if that is sooner, and it is set again only when
 * its event has come or would come too late: one that has come may wait in the queue, and setting the alarm
 * anew would queue another, until there is no room for anybody's. An alarm that cannot be stopped any more has
 * fired.
 *
 * Invariant, whenever a function of the owner's runs and whenever this module is left: if a timer is running,
 * `set_for` is its moment at the latest or past, and an event of the alarm comes for it, or is queued. */

enum {
	FIRED = 0, /* the alarm's upcall */
	COMMAND_STOP = 3,
	COMMAND_SET = 6, /* reference, ticks */
};

#define LONGEST_SLEEP (UINT32_MAX / 2)
#define NEVER         UINT64_MAX

static struct timer_queue queue;
static bool is_subscribed;

/* The moment for which an event is on its way, or NEVER. */
static uint64_t set_for = NEVER;

/* Timers up to here have had their turn. */
static uint64_t horizon;

/* An event comes at `moment`, or sooner; for what is past as soon as can be, behind what is queued. */
static bool alarm_set_at(uint64_t now, uint64_t moment)
{
	bool is_set = set_for != NEVER;

	if (is_set && set_for <= moment) {
		return true;
	}
	if (is_set && !succeeded(command(DRIVER_ALARM, COMMAND_STOP, 0, 0))) {
		return true;
	}
	set_for = NEVER;
	uint64_t ticks = moment > now ? moment - now : 0;

	ticks = ticks < LONGEST_SLEEP ? ticks : LONGEST_SLEEP;
	if (!succeeded(command(DRIVER_ALARM, COMMAND_SET, (uint32_t)now, (uint32_t)ticks))) {
		return false;
	}
	set_for = now + ticks;
	return true;
}

static void alarm_set_for_first(uint64_t now)
{
	if (queue.first != NULL) {
		(void)alarm_set_at(now, queue.first->due);
	}
}

/* One time for all of them: a timer that is started meanwhile, or a periodic one, has its turn with the next upcall. That
 * one is asked for before each function, which may itself yield, or sleep for ever. */
static void alarm_fired(uint32_t counter, uint32_t moment, uint32_t unused, uint32_t data)
{
	uint64_t now = clock_now();
	struct timer *timer;

	(void)counter, (void)moment, (void)unused, (void)data;
	set_for = NEVER;
	horizon = now;
	while ((timer = timer_queue_take(&queue, now)) != NULL) {
		alarm_set_for_first(clock_now());
		timer->fired(timer, timer->data);
	}
	alarm_set_for_first(now);
}

static void start(struct timer *timer, uint64_t now, uint64_t due)
{
	if (!is_subscribed) {
		is_subscribed = succeeded(subscribe(DRIVER_ALARM, FIRED, alarm_fired, 0));
	}
	timer_queue_remove(&queue, timer);
	timer->due = due > horizon ? due : horizon + 1;
	timer->missed = 0;
	timer_queue_add(&queue, timer);
	alarm_set_for_first(now);
}

void timer_start_at(struct timer *timer, uint64_t moment, timer_function *fired, void *data)
{
	timer->fired = fired;
	timer->data = data;
	timer->period = 0;
	start(timer, clock_now(), moment);
}

/* A sum beyond 64 bits is never. */
static uint64_t after(uint64_t now, uint64_t ticks)
{
	return ticks < UINT64_MAX - now ? now + ticks : UINT64_MAX;
}

void timer_start(struct timer *timer, uint64_t ticks, timer_function *fired, void *data)
{
	timer_start_at(timer, after(clock_now(), ticks), fired, data);
}

void timer_start_periodic(struct timer *timer, uint64_t period, timer_function *fired, void *data)
{
	uint64_t now = clock_now();

	timer->fired = fired;
	timer->data = data;
	timer->period = period > 0 ? period : 1;
	start(timer, now, after(now, timer->period));
}

/* The alarm stays set: it finds nothing due, or sees to it that the process notices the wrap. */
bool timer_stop(struct timer *timer)
{
	return timer_queue_remove(&queue, timer);
}

bool timer_is_running(const struct timer *timer)
{
	return timer->is_running;
}

void clock_sleep_until(uint64_t moment)
{
	uint64_t now = clock_now();

	while (now < moment && alarm_set_at(now, moment)) {
		yield_wait_for(DRIVER_ALARM, FIRED);
		set_for = NEVER;
		now = clock_now();
	}
	alarm_set_for_first(now);
}

void clock_sleep_ms(uint64_t milliseconds)
{
	clock_sleep_until(after(clock_now(), clock_ticks(milliseconds)));
}
