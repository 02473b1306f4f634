/* A pointer to a number, kept.
 *
 * EXPECT: refuse M14 "not allowed for a field"
 */

#include "bad.h"

struct bad_hold {
	uint32_t *where;
};

static void bad_f(struct bad *self)
{
	self->index = 0;
}
