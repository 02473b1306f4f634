/* A list may be a ring.
 *
 * EXPECT: refuse T1 "cannot be seen"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	for (struct bad *each = self; each != NULL; each = each->next) {
		each->index++;
	}
}
