/* Reads through a null pointer.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("read_null")
{
	peek(0);
	return SURVIVED;
}
