/* A pointer to anything.
 *
 * EXPECT: refuse M14 "'void *'"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	void *p = self;
	self->flag = p != NULL;
}
