/* Returns from an exception it is not in: the value for thread mode on the process stack, with a
 * frame laid out for it.
 *
 * EXPECT: fault
 * ONLY: armv7m */
#include <attack.h>

ATTACK("exception_return_process")
{
	__asm__ volatile("sub sp, sp, #32\n\t"
			 "mvn r0, #2\n\t" /* 0xFFFFFFFD */
			 "bx r0\n\t"
			 "add sp, sp, #32" ::
			     : "r0", "memory");
	return SURVIVED;
}
