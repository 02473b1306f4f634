/* Arrays by their names, the trap behind them.
 *
 * EXPECT: accept
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	self->numbers[self->index] = self->grid[self->index % 4][3];
}
