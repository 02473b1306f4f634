/* Blocks in blocks.
 *
 * EXPECT: accept
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	FOR_EACH(struct bad, outer, self->friends) {
		FOR_EACH(struct bad, inner, outer->friends) {
			inner->index = outer->index;
		}
	}
}
