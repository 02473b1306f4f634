/* Begins again.
 *
 * EXPECT: refuse T3 "'i' is changed"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	for (uint32_t i = 0; i < 4; i++) {
		if (self->flag) {
			i = 0;
		}
	}
}
