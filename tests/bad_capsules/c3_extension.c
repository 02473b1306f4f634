/* Silences the compiler.
 *
 * EXPECT: refuse C3 "'__extension__'"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->index = __extension__ 3;
}
