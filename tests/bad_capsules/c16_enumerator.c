/* The length of an array in a header is left to who includes it: two files would know two structs.
 *
 * EXPECT: refuse C16 "'BAD_LENGTH' is of a file"
 */

#include "c16_length.h"

#include "c16_enumerator.h"

static void bad_f(struct bad_table *table)
{
	table->entries[99] = 1;
}
