/* An array without a name.
 *
 * EXPECT: refuse M14 "type 'unsigned long[2]' is not allowed for a value"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->index = sizeof((uint32_t[2]){1, 2});
}
