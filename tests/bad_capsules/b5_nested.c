/* A pointer in a struct in the struct.
 *
 * EXPECT: refuse B5 "'corner'"
 */

#include "bad.h"

struct keeps {
	struct bad_shape shapes[2];
};

GRANT_DEFINE(bad_second, struct keeps, .upcalls = 1);
