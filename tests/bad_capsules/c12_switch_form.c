/* A switch without a block.
 *
 * EXPECT: refuse C12 "this form of switch"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	switch (self->index)
	case 0:
		self->index = 1;
}
