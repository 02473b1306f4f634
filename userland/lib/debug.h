#pragma once

#include <system_call.h>

LINKAGE_C_BEGIN

/* Low-level debug, driver 0x8: numbers printed by the kernel, without a buffer and without a yield.
 * Up to four wait per process; the kernel counts and tells what it had to drop. */

static inline void debug_alert(uint32_t code)
{
	command(DRIVER_DEBUG, 1, code, 0);
}

static inline void debug_print(uint32_t number)
{
	command(DRIVER_DEBUG, 2, number, 0);
}

static inline void debug_print_two(uint32_t number, uint32_t other)
{
	command(DRIVER_DEBUG, 3, number, other);
}

LINKAGE_C_END
