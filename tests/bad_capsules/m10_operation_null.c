/* The same, said out loud.
 *
 * EXPECT: refuse M10 "'bad_deferred_call_functions' may become NULL"
 */

#include "bad.h"

struct own {
	struct deferred_call deferred;
};

DEFERRED_CALL_IMPLEMENT(bad, struct own, deferred, .run = NULL);

static void bad_f(struct own *self)
{
	deferred_call_bind(&self->deferred, &bad_deferred_call_operations);
	deferred_call_set(&self->deferred);
}
