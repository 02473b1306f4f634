/* The lesser of two limits.
 *
 * EXPECT: accept
 */

#include "bad.h"

enum {
	BAD_LIMIT = 16
};

static void bad_f(struct bad *self, struct read_span words)
{
	uint32_t count = minimum(read_span_length(words), BAD_LIMIT);

	for (uint32_t i = 0; i < count; i++) {
		self->index += read_span_get(words, i);
	}
	for (uint32_t i = 0; i < minimum(self->index, 4); i++) {
		self->flag = true;
	}
}
