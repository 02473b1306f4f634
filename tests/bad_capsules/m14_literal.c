/* An object without a name, for a number.
 *
 * EXPECT: refuse M14 "type 'unsigned long' is not allowed for a value"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->index = (uint32_t){3};
}
