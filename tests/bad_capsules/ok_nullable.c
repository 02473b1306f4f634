/* What may be NULL says so.
 *
 * EXPECT: accept
 */

#include "bad.h"

static uint32_t bad_g(const struct bad_point *point NULLABLE)
{
	return point == NULL ? 0 : point->x;
}

NULLABLE static struct bad *bad_find(struct bad *self, uint32_t index)
{
	return index < 4 ? self->friends[index] : NULL;
}

static void bad_f(struct bad *self)
{
	struct bad *found = bad_find(self, self->index);

	self->index = bad_g(NULL) + bad_g(found != NULL ? found->point : NULL);
}
