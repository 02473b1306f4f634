/* Assembly, in its other spelling.
 *
 * EXPECT: refuse C3 "'__asm__'"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	(void)self;
	__asm__ volatile("cpsid i");
}
