/* A directive in disguise.
 *
 * EXPECT: refuse C3 "'_Pragma'"
 */

#include "bad.h"

_Pragma("GCC diagnostic ignored \"-Wall\"") static void bad_f(struct bad *self)
{
	self->index = 0;
}
