/* An array without a name.
 *
 * EXPECT: refuse M5 "whose length is not to be seen"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->index = ((uint32_t[2]){1, 2})[self->index];
}
