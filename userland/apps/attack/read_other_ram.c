/* Reads the RAM of another process.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("read_other_ram")
{
	peek(other_ram() + 0x400);
	return SURVIVED;
}
