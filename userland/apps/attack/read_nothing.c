/* Reads an address at which nothing answers.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("read_nothing")
{
	peek(NOTHING_THERE);
	return SURVIVED;
}
