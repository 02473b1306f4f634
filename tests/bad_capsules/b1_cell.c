/* A second holder of what a cell holds.
 *
 * EXPECT: refuse B1 "lent pointer"
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
	TAKE_CELL_WITH(bad_cell, counter, &self->cell) {
		self->kept = counter;
	}
}
