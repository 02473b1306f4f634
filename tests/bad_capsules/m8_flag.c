/* A test that is kept in a variable is not seen; the pointer may have changed since.
 *
 * EXPECT: refuse M8 "'other' may be NULL here"
 */

#include "bad.h"

static void bad_f(struct bad *self, struct bad *other NULLABLE)
{
	bool there = other != NULL;

	if (there) {
		other->index = 1;
	}
	self->index = 1;
}
