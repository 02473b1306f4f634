/* Loads several registers at once from an odd address, which is always a fault.
 *
 * EXPECT: fault
 * ONLY: armv7m */
#include <attack.h>

ATTACK("unaligned_multiple")
{
	static uint32_t words[4];

	__asm__ volatile("ldmia %0, {r2, r3}" ::"r"((uint32_t)words + 1) : "r2", "r3", "memory");
	return SURVIVED;
}
