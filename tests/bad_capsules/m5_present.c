/* An index behind a trusted macro.
 *
 * EXPECT: refuse M5 "index into"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	PRESENT(self->next)[5].index = 1;
}
