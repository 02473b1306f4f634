#pragma once

#include <hil/alarm.h>
#include <kernel/capsule.h>

/* Many alarms out of one.
 *
 * Every virtual alarm keeps the clauses A1 to A4 of hil/alarm.h, for any dt and over any number of
 * wraps of the clock, whatever the others do. Beyond these:
 *
 *   M1  Alarms that are due together fire in the order in which they were registered.
 *   M2  While no virtual alarm is armed the hardware is not armed.
 *   M3  The hardware may be late by up to half the range of its clock (at 1 MHz: 35 minutes).
 *
 * Cost: set() and disarm() take constant time; each firing looks at every registered alarm once.
 * RAM: 15 words a mux, 8 words an alarm.
 *
 * Wiring:
 *     virtual_alarm_mux_init(&mux, &timer.alarm);
 *     virtual_alarm_init(&first, &mux);
 *     virtual_alarm_init(&second, &mux);
 *     alarm_driver_init(&driver, &first.alarm);
 */
enum {
	VIRTUAL_ALARMS_MAX =
	    8 /* alarms a mux has room for; one more traps while the board starts */
};

struct virtual_alarm_mux {
	struct alarm_client client;
	struct alarm *hardware;
	struct virtual_alarm *alarms[VIRTUAL_ALARMS_MAX];
	uint32_t count;
	uint32_t armed; /* how many of them are */
	bool is_firing; /* the hardware is set in the end, once */
	/* While any alarm is armed: the last tick the clock was read at, and the ticks left from there to the moment
	 * the hardware was last set to, or is to be set to. */
	uint32_t since;
	uint32_t left;
};

struct virtual_alarm {
	struct alarm alarm;
	struct virtual_alarm_mux *mux;
	struct alarm *hardware; /* the mux's */
	/* Due `left` ticks after `since`. Only while armed. */
	uint32_t since;
	uint32_t left;
	bool armed;
};

void virtual_alarm_mux_init(struct virtual_alarm_mux *self, struct alarm *hardware);

/* Also registers the alarm with its mux; at most once for each alarm. */
void virtual_alarm_init(struct virtual_alarm *self, struct virtual_alarm_mux *mux);
