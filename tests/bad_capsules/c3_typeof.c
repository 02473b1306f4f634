/* Types that are not written down.
 *
 * EXPECT: refuse C3 "'__typeof__'"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	__typeof__(self->index) copy = self->index;
	self->numbers[0] = copy;
}
