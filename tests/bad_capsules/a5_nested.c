/* The same inside of another struct.
 *
 * EXPECT: refuse A5 "'struct process_id'"
 */

#include "bad.h"

static void bad_f(struct bad *self)
{
	struct load_result result = {.id = {0x101}};
	self->process = result.id;
}
