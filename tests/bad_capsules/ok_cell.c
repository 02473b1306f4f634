/* A thing with one holder at a time.
 *
 * EXPECT: accept
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
	bad_cell_put(&self->cell, &self->counter);
	TAKE_CELL_WITH(bad_cell, counter, &self->cell) {
		counter->count++;
	}
}
