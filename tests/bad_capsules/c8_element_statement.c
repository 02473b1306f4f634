/* A statement inside a macro.
 *
 * EXPECT: refuse C8 "ELEMENT"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	ELEMENT(self->points, ({ self->index++; self->index; }))->x = 1;
}
