#pragma once

#include <kernel/slice_timer.h>

/* SysTick as the timer that ends slices (ARMv7-M ARM, B3.3). `clock_hz` is the processor's clock;
 * up to 160 MHz the 24-bit counter holds the longest slice. RAM: two words. */
struct armv7m_systick {
	struct slice_timer slice_timer;
	uint32_t ticks_per_microsecond;
};

void armv7m_systick_init(struct armv7m_systick *self, uint32_t clock_hz);
