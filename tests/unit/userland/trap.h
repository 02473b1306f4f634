#pragma once

/* In place of lib/<arch>/trap.h: system calls of a library on the host go to a made-up kernel (kernel.h). The test's
 * program is linked below 4 GiB, so that its functions and static variables have addresses of 32 bits. */

struct system_call_return fake_trap(uint32_t class, uint32_t argument0, uint32_t argument1,
				    uint32_t argument2, uint32_t argument3);
void fake_yield(enum yield_variant variant, uint32_t flag);

static inline struct system_call_return trap(uint32_t class, uint32_t argument0, uint32_t argument1,
					     uint32_t argument2, uint32_t argument3)
{
	return fake_trap(class, argument0, argument1, argument2, argument3);
}

static inline void trap_yield(enum yield_variant variant, uint32_t flag)
{
	fake_yield(variant, flag);
}
