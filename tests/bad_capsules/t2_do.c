/* Nor do these.
 *
 * EXPECT: refuse T2 "'do'"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	do {
		self->index++;
	} while (self->flag);
}
