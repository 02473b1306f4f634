/* What the left of || tells holds on its right only when it failed.
 *
 * EXPECT: refuse M8 "'other' may be NULL here"
 */

#include "bad.h"

static void bad_f(struct bad *self, struct bad *other NULLABLE)
{
	self->flag = other != NULL || other->flag;
}
