/* What is assigned to is gone at once.
 *
 * EXPECT: refuse C12 "assignment to this"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	(struct bad_point){1, 2} = self->points[0];
}
