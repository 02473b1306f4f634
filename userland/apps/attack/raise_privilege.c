/* Clears CONTROL.nPRIV, which is ignored, and then uses the privilege.
 *
 * EXPECT: fault
 * ONLY: armv7m */
#include <attack.h>

ATTACK("raise_privilege")
{
	__asm__ volatile("msr control, %0\n\t"
			 "isb" ::"r"(0)
			 : "memory");
	peek(KERNEL_RAM);
	return SURVIVED;
}
