/* The same by way of a call.
 *
 * EXPECT: refuse T5 "'bad_f' may take"
 */

#include "bad.h"

static void bad_h(struct bad *self)
{
	for (uint32_t i = 0; i < 2000; i++) {
		self->index++;
	}
}

static void bad_f(struct bad *self)
{
	for (uint32_t i = 0; i < 2000; i++) {
		bad_h(self);
	}
}
