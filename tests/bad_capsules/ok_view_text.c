/* Text lives for ever.
 *
 * EXPECT: accept
 */

#include "bad.h"

static const struct read_span bad_words[] = {
    SPAN_OF_TEXT("one"),
    SPAN_OF_TEXT("two"
		 "three"),
};

static struct read_span bad_word(uint32_t index)
{
	return index < ARRAY_LENGTH(bad_words) ? bad_words[index] : SPAN_OF_TEXT("many");
}

static void bad_f(struct bad *self)
{
	self->words = SPAN_OF_TEXT("kept");
	self->index = read_span_length(bad_word(self->index));
}
