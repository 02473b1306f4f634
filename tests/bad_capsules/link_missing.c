/* Calls what another header announces and nobody defines.
 *
 * EXPECT: link
 */

#include "link_missing.h"
#include "link_missing_other.h"

void link_missing_run(struct bad *self)
{
	link_missing_other_part(self);
}
