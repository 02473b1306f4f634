#pragma once

#include <kernel/system_reset.h>

/* The reset that the processor asks its chip for: AIRCR.SYSRESETREQ (ARMv7-M ARM, B3.2.6). RAM: one
 * word. */
struct armv7m_system_reset {
	struct system_reset system_reset;
};

void armv7m_system_reset_init(struct armv7m_system_reset *self);
