/* Not a header for capsules.
 *
 * EXPECT: refuse C2 "float.h"
 */

#include "bad.h"

#include <float.h>
static void bad_f(struct bad *self)
{
	self->index = 0;
}
