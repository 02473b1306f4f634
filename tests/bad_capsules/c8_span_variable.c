/* A span over something that is no text.
 *
 * EXPECT: refuse C8 "SPAN_OF_TEXT"
 */

#include "bad.h"

static const uint32_t bad_number = 1;

static void bad_f(struct bad *self)
{
	self->words = SPAN_OF_TEXT(bad_number);
}
