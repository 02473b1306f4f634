/* NULL has a name.
 *
 * EXPECT: refuse M2 "'int' becomes"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct bad *p = 0;
	self->flag = p == NULL;
}
