/* Writes over the code of another application.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("write_other_flash")
{
	poke(other_flash() + 0x80, 0);
	return SURVIVED;
}
