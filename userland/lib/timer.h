#pragma once

#include <linkage.h>
#include <stdbool.h>
#include <stdint.h>

LINKAGE_C_BEGIN

/* Timers, as many as a process likes, on its one alarm. They run at a yield, as upcalls do.
 *
 *   T1  A timer's function is called at the first yield_wait or yield_no_wait that finds it due: never early,
 *       and late only by as long as the process does not yield.
 *   T2  Due timers run in the order of their moments; those of one moment in the order of their starting.
 *   T3  A periodic timer keeps to its beats, start + n * period: being late does not add up. Beats that have passed while
 *       the process did not yield are left out, and `missed` counts them.
 *   T4  No timer keeps another from running, nor an upcall of another driver: each runs at most once per upcall of
 *       the alarm, which queues behind other upcalls.
 *   T5  Times are 64 bits (clock.h) and the counter's wrap is nobody's concern: while a timer runs, the process is woken at
 *       least once in half a wrap.
 *   T6  A function may start and stop any timer, its own included, and may wait in any other way.
 *
 * A timer lives where its owner puts it, in static memory or on the heap; it must live until it has run or is
 * stopped. The process's alarm belongs to the timers: alarm_set and the alarm_sleep functions (alarm.h) are not
 * to be used beside them, clock_sleep_ms (clock.h) is. A timer's fields are this module's; `data` and `missed` are
 * for the owner to read. */

struct timer;

typedef void timer_function(struct timer *timer, void *data);

struct timer {
	struct timer *next;
	uint64_t due;
	uint64_t period; /* ticks; 0: runs once */
	timer_function *fired;
	void *data;
	uint64_t missed; /* beats left out since the start */
	bool is_running;
};

/* Each starts a timer, anew if it is running. Times in ticks (clock_ticks makes them of milliseconds). A moment that is
 * past is due at once; a period of 0 is 1. */
void timer_start(struct timer *timer, uint64_t ticks, timer_function *fired, void *data);
void timer_start_at(struct timer *timer, uint64_t moment, timer_function *fired, void *data);
void timer_start_periodic(struct timer *timer, uint64_t period, timer_function *fired, void *data);

/* After it the function is not called any more. False: the timer was not running. */
bool timer_stop(struct timer *timer);

bool timer_is_running(const struct timer *timer);

LINKAGE_C_END
