/* A step that makes 32 bits wrap.
 *
 * EXPECT: refuse T1 "loop whose end"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	for (uint32_t i = 0; i < 4; i += 0x10000) {
		self->flag = true;
	}
}
