/* The same, without an object.
 *
 * EXPECT: link
 */

#include "link_division.h"
#include "link_missing_other.h"

void link_division_run(uint32_t length)
{
	link_missing_other_count(length);
}
