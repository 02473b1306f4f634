/* The compiler's own functions.
 *
 * EXPECT: refuse C3 "'__builtin_trap'"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	if (self->flag) {
		__builtin_trap();
	}
}
