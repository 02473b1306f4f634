/* As many steps as there may be.
 *
 * EXPECT: accept
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	for (uint32_t i = 0; i < 0xfffff; i++) {
		self->flag = true;
	}
}
