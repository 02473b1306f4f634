/* State that all instances share.
 *
 * EXPECT: refuse A1 "'bad_count'"
 */

#include "bad.h"

static uint32_t bad_count;

static void bad_f(struct bad *self)
{
	self->index = bad_count;
	bad_count++;
}
