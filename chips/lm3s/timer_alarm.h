#pragma once

#include <chips/lm3s/timer_registers.h>
#include <chips/lm3s/watchdog_registers.h>
#include <hil/alarm.h>
#include <kernel/clock.h>
#include <kernel/interrupt.h>
#include <stdbool.h>
#include <stdint.h>

/* A clock and its alarm for the LM3S6965, made of two peripherals that run on the system clock:
 * the watchdog's down counter tells the time, a 32-bit general-purpose timer raises the alarm.
 *
 * To what hil/alarm.h says it adds:
 *
 *   T1  The watchdog never resets the system; it is not there to watch.
 *   T2  Both lines must be served, also when no alarm is ever set: the watchdog's comes once in
 *       2^32 ticks (86 s at 50 MHz) and must not be held back that long.
 *   T3  Each of those costs the clock the few ticks that the reload takes.
 *   T4  `clock` counts the same ticks in 64 bits.
 *
 * RAM: 14 words. Wiring: the gates of watchdog and timer open, `timer_interrupt` and
 * `watchdog_interrupt` at their lines. */

struct lm3s_timer_alarm {
	struct alarm alarm;
	struct clock clock;
	struct interrupt_handler timer_interrupt;
	struct interrupt_handler watchdog_interrupt;

	struct lm3s_timer_registers *timer;
	struct lm3s_watchdog_registers *watchdog;
	uint32_t clock_hz;

	uint64_t bias; /* ticks: the time when the counter was last reloaded */

	/* While armed, the moment is `left` ticks after `epoch`. */
	bool armed;
	uint32_t epoch; /* a tick already past */
	uint32_t left;  /* ticks */
};

/* Starts the clock at 0. `clock_hz` is the system clock. */
void lm3s_timer_alarm_init(struct lm3s_timer_alarm *self, struct lm3s_timer_registers *timer,
			   struct lm3s_watchdog_registers *watchdog, uint32_t clock_hz);
