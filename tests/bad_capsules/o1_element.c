/* An element has one owner too.
 *
 * EXPECT: refuse O1 "has one owner and is copied"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct buffer mine[2] = {0};

	self->spare = mine[0];
}
