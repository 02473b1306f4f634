/* A pointer to a register can be any.
 *
 * EXPECT: refuse R1 "volatile"
 * PROFILE: chip
 */

#include "bad_chip.h"

static void bad_g(volatile uint32_t *p)
{
	*p = 1;
}
