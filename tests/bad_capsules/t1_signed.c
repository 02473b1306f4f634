/* A counter that can be below zero.
 *
 * EXPECT: refuse T1 "cannot be seen"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	for (int32_t i = 0; i < 4; i++) {
		self->index++;
	}
}
