/* An array without its length.
 *
 * EXPECT: refuse M5 "index into"
 */

#include "bad.h"

static void bad_f(struct bad *self, uint32_t *list)
{
	self->index = list[self->index];
}
