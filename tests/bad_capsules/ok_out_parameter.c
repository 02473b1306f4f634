/* Results by way of pointers.
 *
 * EXPECT: accept
 */

#include "bad.h"

static bool bad_read(const struct bad *self, uint32_t *value, struct bad_point *point)
{
	*value = self->index;
	*point = self->points[0];
	return self->flag;
}

static void bad_f(struct bad *self)
{
	uint32_t value = 0;
	struct bad_point point = {0};

	if (bad_read(self, &value, &point)) {
		self->index = value + point.x;
	}
}
