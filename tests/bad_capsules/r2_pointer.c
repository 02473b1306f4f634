/* A number seen as a pointer.
 *
 * EXPECT: refuse R2 "'pointer'"
 * PROFILE: chip
 */

#include <hil/uart.h>
#include <kernel/checked.h>

struct bad_point {
	uint32_t x;
};

struct bad_view {
	union {
		volatile uint32_t data;
		struct bad_point *pointer;
	};
};
