#include "armv7m.h"
#include <arch/system_reset.h>

/* Register "Application Interrupt and Reset Control" (AIRCR), which is written with its key only. */
enum {
	AIRCR_KEY = 0x05fa << 16,
	AIRCR_SYSRESETREQ = 1 << 2,
};

static void reset(struct armv7m_system_reset *self)
{
	(void)self;
	__asm__ volatile("dsb" ::: "memory"); /* what was written before reaches its place */
	SYSTEM_CONTROL->application_interrupt_control = AIRCR_KEY | AIRCR_SYSRESETREQ;
}

SYSTEM_RESET_IMPLEMENT(armv7m, struct armv7m_system_reset, system_reset, .reset = reset);

void armv7m_system_reset_init(struct armv7m_system_reset *self)
{
	system_reset_bind(&self->system_reset, &armv7m_system_reset_operations);
}
