/* A type that is not that of the elements.
 *
 * EXPECT: refuse C8 "FOR_EACH"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	FOR_EACH (struct bad *, each, self->friends) {
		self->index++;
	}
}
