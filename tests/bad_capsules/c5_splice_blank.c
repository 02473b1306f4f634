/* The line after a comment, which one compiler reads.
 *
 * EXPECT: refuse C5 "continued by"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	// what is commented out here \ 
	self->index = 0;
	self->flag = true;
}
