/* Its second answer.
 *
 * EXPECT: refuse M8 "'other' may be NULL here"
 */

#include "bad.h"

static void bad_f(struct bad *self, struct bad *other NULLABLE)
{
	self->index = other != NULL ? 1 : other->index;
}
