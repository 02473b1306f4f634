/* Another program for each type.
 *
 * EXPECT: refuse C3 "'_Generic'"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->index = _Generic(self->index, uint32_t: 1, default: 2);
}
