/* A byte behind a text.
 *
 * EXPECT: trap
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->index = read_span_get(SPAN_OF_TEXT("four"), self->index + 4);
}
