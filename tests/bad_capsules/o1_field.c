/* Two owners, by an assignment.
 *
 * EXPECT: refuse O1 "'buffer'"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->spare = self->buffer;
}
