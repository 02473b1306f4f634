/* A negative constant is a large number.
 *
 * EXPECT: refuse T5 "may take"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	for (uint32_t i = 0; i < (uint32_t)-1; i++) {
		self->flag = true;
	}
}
