/* Reads the code of another application.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("read_other_flash")
{
	peek(other_flash() + 0x80);
	return SURVIVED;
}
