/* A pointer made of what hardware answers.
 *
 * EXPECT: refuse R3 "struct bad_where"
 * PROFILE: chip
 */

#include <hil/uart.h>
#include <kernel/checked.h>
#include <kernel/register.h>

struct bad_where {
	struct bad_point *point;
};

struct bad_point {
	uint32_t x;
};
REGISTER_READ_ONLY(bad_where, struct bad_where, RESET_UNKNOWN);
