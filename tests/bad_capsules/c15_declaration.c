/* A jump over an initialisation.
 *
 * EXPECT: refuse C15 "declaration in a switch"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	switch (self->index) {
	case 1:
		self->flag = true;
		break;
		uint32_t x = 3;
	case 2:
		self->index = x;
		break;
	default:
		break;
	}
}
