/* The question of ?:.
 *
 * EXPECT: refuse M8 "'next' may be NULL here"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->index = self->next->flag ? 1 : 2;
}
