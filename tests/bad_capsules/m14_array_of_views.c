/* Views in an array of pointers to them.
 *
 * EXPECT: refuse M14 "is not allowed for a field"
 */

#include "bad.h"

struct own {
	struct read_span *spans[4];
};
