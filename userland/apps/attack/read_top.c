/* Reads the highest word of the address space.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("read_top")
{
	peek(0xFFFFFFFC);
	return SURVIVED;
}
