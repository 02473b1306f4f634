/* Without a name neither.
 *
 * EXPECT: refuse M13 "union"
 */

#include "bad.h"

struct bad_view {
	union {
		uint32_t number;
		uint8_t byte;
	};
};

static void bad_f(struct bad *self)
{
	self->index = 0;
}
