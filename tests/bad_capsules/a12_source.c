/* Its callers may see another declaration.
 *
 * EXPECT: refuse A12 "'a12_source_run'"
 */

#include "bad.h"

void a12_source_run(struct bad *self);
void a12_source_run(struct bad *self)
{
	self->index = 0;
}
