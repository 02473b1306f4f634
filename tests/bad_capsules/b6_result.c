/* The result may be NULL, which who saw the first declaration does not know.
 *
 * EXPECT: refuse B6 "'bad_g' is declared with other words"
 */

#include "bad.h"

static struct bad *bad_g(struct bad *self);

NULLABLE static struct bad *bad_g(struct bad *self)
{
	return self->next;
}

static void bad_f(struct bad *self)
{
	bad_g(self)->index = 1;
}
