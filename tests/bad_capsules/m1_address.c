/* A number becomes a register.
 *
 * EXPECT: refuse M1 "cast from"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	*(uint32_t *)0x40000000 = self->index;
}
