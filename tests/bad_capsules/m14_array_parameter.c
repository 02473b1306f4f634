/* An array parameter is a pointer.
 *
 * EXPECT: refuse M14 "not allowed for"
 */

#include "bad.h"

static void bad_g(struct bad_point points[4][2])
{
	points[0][0].x = 1;
}
