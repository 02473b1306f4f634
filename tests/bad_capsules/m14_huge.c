/* A field that nobody wires is NULL; a large enough object at NULL is all of the memory.
 *
 * EXPECT: refuse M14 "type 'struct huge' is not allowed for anything: it is larger than 64 KiB"
 */

#include "bad.h"

struct huge {
	uint32_t memory[0x10000000];
};

struct own {
	struct driver driver;
	struct huge *huge;
};

static void bad_f(struct own *self)
{
	self->huge->memory[0x20000000 / 4] = 1;
}
