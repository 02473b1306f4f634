/* Types stand at file scope.
 *
 * EXPECT: refuse C12 "inside of something"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct bad_local {
		uint32_t x;
	} local = {1};
	self->index = local.x;
}
