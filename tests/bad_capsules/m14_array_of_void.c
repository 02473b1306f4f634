/* Arrays are of what may be alone.
 *
 * EXPECT: refuse M14 "type 'void *' is not allowed for a field"
 */

#include "bad.h"

struct own {
	void *things[4];
};
