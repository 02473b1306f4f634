/* Guesses the inside of a process.
 *
 * EXPECT: refuse A4 "'struct process'"
 */

#include "bad.h"

struct process {
	uint32_t x;
};

static void bad_f(struct bad *self)
{
	self->index = sizeof(struct process);
}
