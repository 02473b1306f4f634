/* Not even by size.
 *
 * EXPECT: refuse C4 "'double'"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->index = sizeof(double);
}
