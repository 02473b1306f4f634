#pragma once

#include <hil/alarm.h>
#include <kernel/clock.h>
#include <kernel/interrupt.h>
#include <stdbool.h>
#include <stddef.h>
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

/* Data sheet, chapter "General-Purpose Timers", "Register Map". */
struct lm3s_timer_registers {
	volatile uint32_t configuration; /* 0x000 GPTMCFG */
	volatile uint32_t mode_a;        /* 0x004 GPTMTAMR */
	volatile uint32_t mode_b;        /* 0x008 GPTMTBMR */
	volatile uint32_t control;       /* 0x00C GPTMCTL */
	uint32_t reserved_010[2];
	volatile uint32_t interrupt_mask;                /* 0x018 GPTMIMR, 1: let through */
	const volatile uint32_t interrupt_raw_status;    /* 0x01C GPTMRIS */
	const volatile uint32_t interrupt_masked_status; /* 0x020 GPTMMIS */
	volatile uint32_t interrupt_clear;               /* 0x024 GPTMICR, write 1 to clear */
	volatile uint32_t load_a;                        /* 0x028 GPTMTAILR, ticks */
};

_Static_assert(offsetof(struct lm3s_timer_registers, control) == 0x00C, "GPTMCTL");
_Static_assert(offsetof(struct lm3s_timer_registers, interrupt_mask) == 0x018, "GPTMIMR");
_Static_assert(offsetof(struct lm3s_timer_registers, load_a) == 0x028, "GPTMTAILR");

/* Data sheet, chapter "Watchdog Timer", "Register Map". */
struct lm3s_watchdog_registers {
	volatile uint32_t load;                          /* 0x000 WDTLOAD, ticks */
	const volatile uint32_t value;                   /* 0x004 WDTVALUE, ticks to go */
	volatile uint32_t control;                       /* 0x008 WDTCTL */
	volatile uint32_t interrupt_clear;               /* 0x00C WDTICR, any write: and reload */
	const volatile uint32_t interrupt_raw_status;    /* 0x010 WDTRIS */
	const volatile uint32_t interrupt_masked_status; /* 0x014 WDTMIS */
	uint32_t reserved_018[256];
	volatile uint32_t test; /* 0x418 WDTTEST */
	uint32_t reserved_41c[505];
	volatile uint32_t lock; /* 0xC00 WDTLOCK */
};

_Static_assert(offsetof(struct lm3s_watchdog_registers, interrupt_clear) == 0x00C, "WDTICR");
_Static_assert(offsetof(struct lm3s_watchdog_registers, test) == 0x418, "WDTTEST");
_Static_assert(offsetof(struct lm3s_watchdog_registers, lock) == 0xC00, "WDTLOCK");

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
