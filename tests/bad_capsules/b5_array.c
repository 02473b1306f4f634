/* Pointers in an array.
 *
 * EXPECT: refuse B5 "'points'"
 */

#include "bad.h"

struct keeps {
	struct bad *points[2];
};

GRANT_DEFINE(bad_second, struct keeps, .upcalls = 1);
