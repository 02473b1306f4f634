/* A remainder below zero is large.
 *
 * EXPECT: refuse T1 "cannot be seen"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	int32_t below = -1;
	for (uint32_t i = 0; i < (uint32_t)(below % 8); i++) {
		self->index = i;
	}
}
