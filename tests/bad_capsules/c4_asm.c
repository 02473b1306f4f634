/* Assembly.
 *
 * EXPECT: refuse C4 "'asm'"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	(void)self;
	asm("svc 0");
}
