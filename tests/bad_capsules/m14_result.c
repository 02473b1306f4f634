/* A result that is a pointer to a number.
 *
 * EXPECT: refuse M14 "is not allowed for a result"
 */

#include "bad.h"

static uint32_t *bad_f(struct bad *self)
{
	return &self->index;
}
