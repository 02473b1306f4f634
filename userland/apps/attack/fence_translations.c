/* Flushes address translations, a supervisor's right.
 *
 * EXPECT: fault
 * ONLY: rv32 */
#include <attack.h>

ATTACK("fence_translations")
{
	__asm__ volatile("sfence.vma" ::: "t0", "memory");
	return SURVIVED;
}
