/* Pointers at file scope.
 *
 * EXPECT: refuse M14 "not allowed for a constant"
 */

#include "bad.h"

static const struct bad_point bad_origin = {0, 0};
static const struct bad_point *const bad_alias = &bad_origin;

static void bad_f(struct bad *self)
{
	self->index = bad_alias->x;
}
