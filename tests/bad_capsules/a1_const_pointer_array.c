/* An array that is not const.
 *
 * EXPECT: refuse A1 "'bad_list'"
 */

#include "bad.h"

static struct bad_point bad_list[2] = {{1, 2}, {3, 4}};

static void bad_f(struct bad *self)
{
	self->index = bad_list[0].x;
}
