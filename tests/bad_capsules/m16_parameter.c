/* A static object as a value.
 *
 * EXPECT: refuse M16 "cannot be a parameter"
 */

#include "bad.h"

static void bad_f(struct bad *self, struct alarm alarm)
{
	self->index = 1;
}
