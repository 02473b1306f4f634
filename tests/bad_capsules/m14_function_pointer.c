/* A function pointer of its own.
 *
 * EXPECT: refuse M14 "not allowed for a field"
 */

#include "bad.h"

struct bad_hook {
	void (*run)(struct bad *self);
};

static void bad_f(struct bad *self)
{
	self->index = 0;
}
