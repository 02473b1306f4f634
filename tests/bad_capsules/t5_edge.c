/* One step too many.
 *
 * EXPECT: refuse T5 "'bad_f' may take 1048577 steps"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	for (uint32_t i = 0; i < 0x100000; i++) {
		self->flag = true;
	}
}
