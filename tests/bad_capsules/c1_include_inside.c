/* A struct inside of sizeof, half of it in another file: nobody would look at its fields.
 *
 * EXPECT: refuse C1 "'#include'"
 */

#include "bad.h"

static uint32_t bad_f(void)
{
	return sizeof(struct bad_hidden
#include "c1_include_inside.h"
	);
}
