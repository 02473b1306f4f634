/* A hidden array.
 *
 * EXPECT: refuse C3 "'__func__'"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->flag = sizeof(__func__) > 2;
}
