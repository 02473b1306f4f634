/* Arguments without types.
 *
 * EXPECT: refuse C2 "stdarg.h"
 */

#include "bad.h"

#include <stdarg.h>
static void bad_f(struct bad *self)
{
	self->index = 0;
}
