/* Capsules know no chip.
 *
 * EXPECT: refuse C2 "chips/lm3s/uart.h"
 */

#include "bad.h"

#include <chips/lm3s/uart.h>
static void bad_f(struct bad *self)
{
	self->index = 0;
}
