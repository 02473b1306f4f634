/* A variable with the name of a type.
 *
 * EXPECT: refuse C11 "'uint8_t'"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	uint32_t uint8_t = 3;
	self->index = uint8_t;
}
