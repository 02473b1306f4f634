/* Keywords that mean something else.
 *
 * EXPECT: refuse C1 "directive '#define'"
 */

#include "bad.h"

#define if while
static void bad_f(struct bad *self)
{
	if (self->flag) {
		self->index++;
	}
}
