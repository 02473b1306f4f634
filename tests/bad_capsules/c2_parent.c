/* A way out by a relative path.
 *
 * EXPECT: refuse C2 "tools/tbf/file.h"
 */

#include "bad.h"

#include "../../tools/tbf/file.h"
static void bad_f(struct bad *self)
{
	self->index = 0;
}
