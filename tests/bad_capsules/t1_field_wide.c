/* A field of 17 bits and more.
 *
 * EXPECT: refuse T1 "loop whose end"
 */

#include "bad.h"

struct own {
	uint32_t count;
};

static void bad_f(struct own *self, const uint32_t *count)
{
	for (uint32_t i = 0; i < *count; i++) {
		self->count = i;
	}
}
