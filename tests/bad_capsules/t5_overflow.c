/* So many that they no longer fit into a number.
 *
 * EXPECT: refuse T5 "may take 18446744073709551615 steps"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	for (uint64_t i = 0; i < 0xffffffffff; i++) {
		for (uint64_t k = 0; k < 0xffffffffff; k++) {
			self->flag = true;
		}
	}
}
