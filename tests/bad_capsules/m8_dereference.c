/* A parameter that may be NULL.
 *
 * EXPECT: refuse M8 "'p' may be NULL"
 */

#include "bad.h"

static void bad_g(uint32_t *p NULLABLE)
{
	*p = 1;
}

static void bad_f(struct bad *self)
{
	bad_g(NULL);
}
