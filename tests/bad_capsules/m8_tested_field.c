/* What was tested has changed since.
 *
 * EXPECT: refuse M8 "may be NULL"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	if (self->next != NULL) {
		self->next = NULL;
		self->next->index = 1;
	}
}
