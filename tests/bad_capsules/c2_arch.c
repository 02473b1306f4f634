/* Capsules know no processor.
 *
 * EXPECT: refuse C2 "arch/arch.h"
 */

#include "bad.h"

#include <arch/arch.h>
static void bad_f(struct bad *self)
{
	self->index = 0;
}
