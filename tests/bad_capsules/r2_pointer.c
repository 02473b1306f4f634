/* A number seen as a pointer.
 *
 * EXPECT: refuse R2 "'pointer'"
 * PROFILE: chip
 */

#include <hil/uart.h>
#include <kernel/checked.h>
#include <kernel/register.h>

REGISTER_WRITE_ONLY(bad_data, uint32_t);

struct bad_point {
	uint32_t x;
};

struct bad_view {
	union {
		struct bad_data_register data AT_OFFSET(0);
		struct bad_point *pointer;
	};
};
