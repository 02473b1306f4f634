/* A type in a parameter list.
 *
 * EXPECT: refuse C12 "inside of something"
 */

#include "bad.h"

static void bad_g(struct bad_hidden { uint32_t x; } hidden)
{
	(void)hidden;
}
