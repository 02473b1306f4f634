/* Arithmetic that is not there.
 *
 * EXPECT: refuse C3 "'_Complex'"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->index = sizeof(_Complex int);
}
