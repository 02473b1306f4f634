/* Every pointer that is there.
 *
 * EXPECT: accept
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	FOR_EACH(struct bad, each, self->friends) {
		if (each->flag) {
			continue;
		}
		each->index = self->index;
	}
}
