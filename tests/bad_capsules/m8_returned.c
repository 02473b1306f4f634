/* In what is returned.
 *
 * EXPECT: refuse M8 "'next' may be NULL here"
 */

#include "bad.h"

static uint32_t bad_f(struct bad *self)
{
	return self->next->index;
}
