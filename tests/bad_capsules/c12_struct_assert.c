/* More than fields in a struct.
 *
 * EXPECT: refuse C12 "this in a struct"
 */

#include "bad.h"

struct own {
	uint32_t x;
	_Static_assert(1, "");
};
