/* The same as a parameter.
 *
 * EXPECT: refuse C11 "'process_slots'"
 */

#include "bad.h"

static void bad_g(struct bad *self, uint32_t process_slots)
{
	self->index = process_slots;
}

static void bad_f(struct bad *self)
{
	bad_g(self, 1);
}
