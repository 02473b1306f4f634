/* 255 is followed by 0.
 *
 * EXPECT: refuse T4 "'i' cannot reach 300"
 */

#include "bad.h"

enum {
	BAD_LIMIT = 300
};

static void bad_f(struct bad *self)
{
	for (uint8_t i = 0; i < minimum(self->index, BAD_LIMIT); i++) {
		self->flag = true;
	}
}
