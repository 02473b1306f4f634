#pragma once

#include <chips/qemu_virt/clint_registers.h>
#include <hil/alarm.h>
#include <kernel/clock.h>
#include <kernel/interrupt.h>
#include <kernel/slice_timer.h>
#include <stdint.h>

/* The core-local interruptor's timer, for hart 0: a clock, an alarm and the time slices, out of one
 * 64-bit counter and one comparator.
 *
 * To what hil/alarm.h and kernel/slice_timer.h say it adds:
 *
 *   M1  `clock` is mtime, 10 MHz; the alarm's is its low word.
 *   M2  The comparator holds the earlier of the two deadlines, and all ones when there is none:
 *       with nothing to do it raises nothing.
 *   M3  A slice that starts or stops costs three reads of the counter at most and one to three
 *       writes of the comparator, none when the alarm comes first.
 *
 * RAM: 16 words. Wiring: `interrupt` is the hart's machine timer interrupt. */

enum {
	QEMU_VIRT_CLINT_HZ = 10000000,
};

struct qemu_virt_clint {
	struct alarm alarm;
	struct clock clock;
	struct slice_timer slice_timer;
	struct interrupt_handler interrupt;

	struct qemu_virt_clint_registers *registers;
	struct qemu_virt_clint_counter_registers *counter;

	/* Ticks of mtime; all ones: none. */
	uint64_t alarm_deadline;
	uint64_t slice_deadline;
	uint64_t compare; /* what the comparator holds */
};

void qemu_virt_clint_init(struct qemu_virt_clint *self, struct qemu_virt_clint_registers *registers,
			  struct qemu_virt_clint_counter_registers *counter);
