/* Text for the checker, and other text for the compiler.
 *
 * EXPECT: refuse C1 "directive '#ifdef'"
 */

#include "bad.h"

#ifdef __clang__
static void bad_f(struct bad *self)
{
	self->index = 0;
}
#else
static void bad_g(struct bad *self)
{
	for (;;) {
	}
}
#endif
