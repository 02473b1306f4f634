/* NULL at the second round.
 *
 * EXPECT: refuse M8 "'p' may be NULL"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct bad *p = self;
	for (uint32_t i = 0; i < 4; i++) {
		p->index = i;
		p = self->next;
	}
}
