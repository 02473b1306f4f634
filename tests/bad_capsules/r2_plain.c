/* A union of something that is no register.
 *
 * EXPECT: refuse R2 "'number'"
 * PROFILE: chip
 */

#include <hil/uart.h>
#include <kernel/checked.h>

struct bad_view {
	union {
		volatile uint32_t data;
		uint32_t number;
	};
};
