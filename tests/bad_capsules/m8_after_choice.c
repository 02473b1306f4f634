/* What ?: learned is not known behind it.
 *
 * EXPECT: refuse M8 "'other' may be NULL here"
 */

#include "bad.h"

static void bad_f(struct bad *self, struct bad *other NULLABLE)
{
	self->index = other != NULL ? other->index : 1;
	other->index = 1;
}
