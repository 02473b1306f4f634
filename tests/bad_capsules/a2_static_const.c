/* Constants stand at file scope.
 *
 * EXPECT: refuse A2 "'table' keeps"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	static const uint32_t table[2] = {1, 2};
	self->index = table[self->index % 2];
}
