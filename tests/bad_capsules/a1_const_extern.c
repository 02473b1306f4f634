/* A constant that others see.
 *
 * EXPECT: refuse A1 "'a1_const_extern_x'"
 */

#include "bad.h"

const uint32_t a1_const_extern_x = 1;

static void bad_f(struct bad *self)
{
	self->index = a1_const_extern_x;
}
