/* A pointer that is not there.
 *
 * EXPECT: trap
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	PRESENT(self->next)->index = 1;
}
