/* Braces around a number.
 *
 * EXPECT: refuse M18 "initialiser of 'unsigned long' without"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	uint32_t x = {3};

	self->index = x;
}
