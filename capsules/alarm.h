#pragma once

#include <hil/alarm.h>
#include <kernel/capsule.h>
#include <kernel/process_slots.h>

/* System-call driver 0x0: one alarm for each process, out of one alarm for all.
 *
 *     command 0        exists
 *     command 1        -> frequency in Hz
 *     command 2        -> now, in ticks
 *     command 3        stop; ERROR_ALREADY when none is armed
 *     command 5 (dt)   set to dt ticks from now -> the tick at which it expires
 *     command 6 (reference, dt)  set to dt ticks after reference, a tick already past -> the same
 *     upcall 0 (now, the tick at which it expired, 0)  once for each set that is not replaced
 *
 *   L1  The upcall never comes early. A moment already past (dt 0, or now outside
 *       [reference, reference + dt)) brings it as soon as possible, but not from inside the
 *       command.
 *   L2  All of dt's 32 bits may be used, and the clock may wrap at any time.
 *   L3  Stopping an alarm does not stop the hardware: that may wake the system once for nothing,
 *       then it stays silent.
 *
 * Cost: set, and each upcall, take time that grows with the logarithm of the number of processes that
 * wait. RAM: 9 words and 9 bytes for each process slot, and 4 words in each process that uses it. */
struct alarm_app {
	/* Due `left` ticks after `since`. Only while armed. */
	uint32_t since;
	uint32_t left;
	uint32_t expiration; /* tick, as the process computes it: reference + dt */
	bool armed;
};

GRANT_DEFINE(alarm_grant, struct alarm_app, .upcalls = 1);

/* When to look at the alarm of a process. */
struct alarm_turn {
	uint32_t tick;
	struct process_id process;
};

struct alarm_driver {
	struct driver driver;
	struct alarm_client client;
	struct alarm_grant grant;
	struct alarm *alarm;
	uint32_t epoch; /* a tick that no turn is before */
	uint32_t count; /* of turns */
	/* A heap: turn i is not before turn (i - 1) / 2. */
	struct alarm_turn turns[PROCESS_SLOTS];
	/* By process slot: where its turn is, if there is one. */
	uint8_t places[PROCESS_SLOTS];
};

void alarm_driver_init(struct alarm_driver *self, struct alarm *alarm);
