/* A stray semicolon, which no pass knows.
 *
 * EXPECT: refuse C12 "not part of the language"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->index = 0;
}

;
