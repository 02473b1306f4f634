/* A declarator instead of a name.
 *
 * EXPECT: refuse C8 "TAKE_CELL_WITH"
 */

#include "bad.h"

struct bad_counter {
	uint32_t count;
};

TAKE_CELL_DEFINE(bad_cell, struct bad_counter);

struct bad_holder {
	struct bad_cell cell;
	struct bad_cell spare;
	struct bad_counter counter;
	const struct bad_counter *kept NULLABLE;
};

static void bad_f(struct bad_holder *self)
{
	TAKE_CELL_WITH(bad_cell, *counter, &self->cell) {
		self->kept = NULL;
	}
}
