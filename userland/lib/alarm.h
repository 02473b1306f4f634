#pragma once

#include <system_call.h>

LINKAGE_C_BEGIN

/* The alarm, driver 0x0: a counter of 32 bits that wraps, and one alarm on it per process.
 *
 * A moment is given as (reference, ticks): `ticks` after a reference already past. Differences of
 * counter values are right over the wrap; comparisons of them are not, so none are made here. The
 * sleeping functions use the process's one alarm and replace what alarm_set armed: take timers (<timer.h>) for
 * more than one thing at a time. */

/* The counter. */
uint32_t alarm_now(void);

/* Ticks per second; 0: there is no alarm driver. */
uint32_t alarm_frequency(void);

/* Milliseconds in ticks, rounded up. At most 2^32 - 1, however many milliseconds. */
uint32_t alarm_ticks(uint32_t milliseconds);

/* Sleep; upcalls of other drivers stay queued. A sleep is never too short. */
void alarm_sleep_ticks(uint32_t ticks);
void alarm_sleep_ms(uint32_t milliseconds);

/* Sleeps until `ticks` after `reference`: for steady beats, as the time that was used in between
 * does not add up. Returns that moment, the reference of the next beat. */
uint32_t alarm_sleep_from(uint32_t reference, uint32_t ticks);

/* Arms the alarm `ticks` from now; `fired(now, moment, 0, data)` comes at a yield. */
enum error_code alarm_set(uint32_t ticks, upcall_function *fired, uint32_t data);

/* Has an event of the alarm queued without a yield, for applications that test. Returns the moment
 * it was set for, which is the event's second argument. */
uint32_t alarm_event(void);

LINKAGE_C_END
