/* Numbers that are small by their form.
 *
 * EXPECT: accept
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	for (uint32_t i = 0; i < (self->index & 7); i++) {
		self->numbers[i]++;
	}
	for (uint32_t i = 0; i < self->index % 5; i++) {
		self->numbers[i]++;
	}
	for (uint32_t i = 0; i < (self->flag ? 3u : 4u); i++) {
		self->numbers[i]++;
	}
}
