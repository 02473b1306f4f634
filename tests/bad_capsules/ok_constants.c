/* Constants at file scope.
 *
 * EXPECT: accept
 */

#include "bad.h"

enum {
	BAD_FIRST = 1 << 3,
	BAD_ALL = BAD_FIRST | 7
};

static const uint64_t bad_never = UINT64_MAX;
static const uint8_t bad_table[][2] = {{1, 2}, {3, 4}};

_Static_assert(BAD_ALL == 15, "all bits");
_Static_assert(offsetof(struct bad_point, y) == 4, "y comes second");

static void bad_f(struct bad *self)
{
	self->index = bad_table[self->index % ARRAY_LENGTH(bad_table)][1] + (uint32_t)bad_never;
}
