/* Calls a function of its own by an address whose bit 0 is wrong: without the Thumb bit on ARM,
 * odd on RISC-V, which ignores the bit.
 *
 * EXPECT(armv7m): fault
 * EXPECT(rv32): survives */
#include <attack.h>

static __attribute__((noinline)) void harmless(void)
{
	__asm__ volatile("");
}

ATTACK("call_wrong_bit")
{
	jump((uint32_t)harmless ^ 1);
	return SURVIVED;
}
