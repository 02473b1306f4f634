/* State in a function.
 *
 * EXPECT: refuse A2 "'count' keeps"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	static uint32_t count = 0;
	count++;
	self->index = count;
}
