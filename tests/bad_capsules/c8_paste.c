/* A name made by pasting.
 *
 * EXPECT: refuse C8 "UINT64_C"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	uint64_t wide = UINT64_C(fl);
	
	self->flag = wide != 0;
}
