/* An array in place of its first element.
 *
 * EXPECT: refuse M7 "becomes a pointer"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	*self->numbers = 1;
}
