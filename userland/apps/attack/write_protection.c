/* Clears the first eight PMP entries' permissions.
 *
 * EXPECT: fault
 * ONLY: rv32 */
#include <attack.h>

ATTACK("write_protection")
{
	__asm__ volatile("csrw pmpcfg0, zero" ::: "t0", "memory");
	return SURVIVED;
}
