/* A chip driver knows no capsule.
 *
 * EXPECT: refuse C2 "capsules/text.h"
 * PROFILE: chip
 */

#include "bad.h"
#include <capsules/text.h>

static void bad_f(struct bad *self)
{
	self->index = 1;
}
