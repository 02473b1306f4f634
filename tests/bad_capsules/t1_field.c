/* As often as a field says.
 *
 * EXPECT: refuse T1 "cannot be seen"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	for (uint32_t i = 0; i < self->index; i++) {
		self->flag = true;
	}
}
