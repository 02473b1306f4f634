/* Which object lies lower.
 *
 * EXPECT: refuse M4 "compared"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->flag = self->next < self->next;
}
