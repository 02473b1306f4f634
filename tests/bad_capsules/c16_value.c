/* A struct in a header whose parts are left to who includes it.
 *
 * EXPECT: refuse C16 "'bad_entry' is of a file"
 */

#include "c16_length.h"

#include "c16_value.h"

static void bad_f(struct bad_pair *pair)
{
	pair->second.value = 1;
}
