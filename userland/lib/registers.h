#pragma once

#include <system_call.h>

LINKAGE_C_BEGIN

/* Whether the kernel keeps what it must keep: a known value is put in every register, something
 * happens, and every register is looked at.
 *
 * The masks have bit n for register n (ARM: r4 to r12, 14 = lr, 16 = the flags; RISC-V: x1 to x31
 * but sp and the results) that was changed although it must be kept. 0 is as it should be. */

struct exact_call {
	uint32_t arguments[4]; /* registers 0 to 3 before the call */
	uint32_t results[4];   /* and after it */
	uint32_t changed;      /* mask */
};

/* A system call of this class, which must be one that exists. */
void exact_call(enum system_call_class which, struct exact_call *call);

/* Only counts, down from `turns`, so that whatever interrupts it is found out. Returns the mask. */
uint32_t registers_changed(uint32_t turns);

LINKAGE_C_END
