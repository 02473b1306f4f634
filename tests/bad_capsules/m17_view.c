/* The place where a view lies.
 *
 * EXPECT: refuse M17 "a view"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct read_span words = self->words;
	self->flag = &words != NULL;
}
