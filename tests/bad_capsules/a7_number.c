/* Jumps to a number.
 *
 * EXPECT: refuse A7 "call through a pointer"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	((void (*)(void))0x100)();
	self->index = 0;
}
