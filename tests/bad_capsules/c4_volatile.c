/* Registers are for chips/.
 *
 * EXPECT: refuse C4 "'volatile'"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	volatile uint32_t spin = 0;
	self->index = spin;
}
