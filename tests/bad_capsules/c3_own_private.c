/* The prefix belongs to trusted headers.
 *
 * EXPECT: refuse C3 "'private_mine'"
 */

#include "bad.h"

struct bad_mine {
	uint32_t private_mine;
};

static void bad_f(struct bad *self)
{
	self->index = 0;
}
