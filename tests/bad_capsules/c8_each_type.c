/* An argument of another form.
 *
 * EXPECT: refuse C8 "arguments of 'FOR_EACH'"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	FOR_EACH (uint32_t, each, self->numbers) {
	}
}
