#include "armv7m.h"
#include <arch/systick.h>

enum {
	CONTROL_ENABLE = 1,
	CONTROL_INTERRUPT = 2,
	CONTROL_PROCESSOR_CLOCK = 4,
};

static void systick_stop(struct armv7m_systick *self)
{
	(void)self;
	SYSTICK->control = 0;
}

static void systick_start(struct armv7m_systick *self, uint32_t microseconds)
{
	SYSTICK->reload = microseconds * self->ticks_per_microsecond - 1;
	SYSTICK->current = 0;
	SYSTICK->control = CONTROL_ENABLE | CONTROL_INTERRUPT | CONTROL_PROCESSOR_CLOCK;
}

/* SysTick would go on with the next period: a slice is one. */
void armv7m_systick_interrupt(void)
{
	SYSTICK->control = 0;
	kernel_slice_expired();
}

SLICE_TIMER_IMPLEMENT(systick, struct armv7m_systick, slice_timer, .start = systick_start,
		      .stop = systick_stop);

void armv7m_systick_init(struct armv7m_systick *self, uint32_t clock_hz)
{
	self->ticks_per_microsecond = clock_hz / 1000000;
	slice_timer_bind(&self->slice_timer, &systick_slice_timer_operations);
}
