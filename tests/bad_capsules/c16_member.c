/* A function in a header that looks into a struct which is left to who includes it.
 *
 * EXPECT: refuse C16 "'value' is of a file"
 */

#include "c16_length.h"

#include "c16_member.h"

static void bad_f(struct bad_entry *entry)
{
	bad_set(entry);
}
