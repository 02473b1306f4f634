/* Layout that compilers choose.
 *
 * EXPECT: refuse C12 "bit field"
 */

#include "bad.h"

struct bad_bits {
	uint32_t x : 3;
};

static void bad_f(struct bad *self)
{
	self->index = 0;
}
