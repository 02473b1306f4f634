/* A pointer to a pointer.
 *
 * EXPECT: refuse M14 "not allowed for a parameter"
 */

#include "bad.h"

static void bad_g(struct bad **p)
{
	(void)p;
}
