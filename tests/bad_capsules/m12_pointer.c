/* A pointer to anywhere.
 *
 * EXPECT: refuse M12 "'p' has no value"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct bad_point *p;
	p->x = self->index;
}
