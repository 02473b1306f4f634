/* A pointer to a number.
 *
 * EXPECT: refuse M8 "'out' may be NULL here"
 */

#include "bad.h"

static void bad_f(struct bad *self, uint32_t *out NULLABLE)
{
	*out = self->index;
}
