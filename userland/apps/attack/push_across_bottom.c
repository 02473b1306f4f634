/* Stores eight registers of which the lower ones lie below its RAM.
 *
 * EXPECT: fault
 * ONLY: armv7m */
#include <attack.h>

ATTACK("push_across_bottom")
{
	__asm__ volatile("mov sp, %0\n\t"
			 "push {r0-r7}" ::"r"(memop_ask(MEMOP_RAM_START) + 16)
			 : "memory");
	return SURVIVED;
}
