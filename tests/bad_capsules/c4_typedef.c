/* Types have one name.
 *
 * EXPECT: refuse C4 "'typedef'"
 */

#include "bad.h"

typedef struct bad_point bad_place;

static void bad_f(struct bad *self)
{
	self->index = sizeof(bad_place);
}
