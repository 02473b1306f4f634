/* A function that is declared where nobody looks for it.
 *
 * EXPECT: refuse C12 "a declaration of this kind in a block"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	void bad_g(void);

	self->index = 1;
}
