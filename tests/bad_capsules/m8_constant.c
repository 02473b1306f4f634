/* In PRESENT.
 *
 * EXPECT: refuse M8 "'next' may be NULL here"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	PRESENT(self->next->next)->index = 1;
}
