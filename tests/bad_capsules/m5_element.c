/* The same.
 *
 * EXPECT: refuse M5 "index into"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	ELEMENT(self->points, 0)[100].x = 1;
}
