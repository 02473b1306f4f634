/* An array that lies nowhere.
 *
 * EXPECT: refuse M5 "index into"
 */

#include "bad.h"

struct bad_many {
	uint32_t items[4];
};

static struct bad_many bad_make(void)
{
	return (struct bad_many){{1, 2, 3, 4}};
}

static void bad_f(struct bad *self)
{
	self->index = bad_make().items[self->index];
}
