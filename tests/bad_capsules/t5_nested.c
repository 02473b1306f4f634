/* Ends, but after 2^36 steps.
 *
 * EXPECT: refuse T5 "steps, the limit is"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	for (uint32_t i = 0; i < 4096; i++) {
		for (uint32_t j = 0; j < 4096; j++) {
			for (uint32_t k = 0; k < 4096; k++) {
				self->index++;
			}
		}
	}
}
