/* An argument of another form.
 *
 * EXPECT: refuse C8 "arguments of 'TAKE_CELL_WITH'"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	TAKE_CELL_WITH (*bad_cell, thing, self->index) {
	}
}
