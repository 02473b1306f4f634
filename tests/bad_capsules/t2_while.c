/* While loops show no end.
 *
 * EXPECT: refuse T2 "'while'"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	while (self->flag) {
		self->index++;
	}
}
