/* The header of another capsule.
 *
 * EXPECT: accept
 */

#include "bad.h"
#include <capsules/text.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

static void bad_f(struct bad *self, struct text *text)
{
	text_add(text, SPAN_OF_TEXT("a \"word\" and \\"
				    "another // one"));
	self->index = '\'';
}
