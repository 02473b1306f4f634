/* Where the stack is.
 *
 * EXPECT: refuse C3 "'__builtin_frame_address'"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->flag = __builtin_frame_address(0) != NULL;
}
