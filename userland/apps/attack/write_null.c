/* Writes through a null pointer.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("write_null")
{
	poke(0, 0);
	return SURVIVED;
}
