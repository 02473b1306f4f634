/* Places data where it likes.
 *
 * EXPECT: refuse C3 "'__attribute__'"
 */

#include "bad.h"

__attribute__((section(".vectors"))) static const uint32_t bad_vector = 1;

static void bad_f(struct bad *self)
{
	self->index = bad_vector;
}
