/* A union without any register, in a struct of the driver's.
 *
 * EXPECT: refuse R2 "'pointer'"
 * PROFILE: chip
 */

#include <hil/uart.h>
#include <kernel/checked.h>
#include <kernel/register.h>

struct bad_point {
	uint32_t x;
};

struct bad_view {
	union {
		uint32_t number;
		struct bad_point *pointer;
	};
};
