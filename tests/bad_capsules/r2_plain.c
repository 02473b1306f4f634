/* A union of something that is no register.
 *
 * EXPECT: refuse R2 "'number'"
 * PROFILE: chip
 */

#include <hil/uart.h>
#include <kernel/checked.h>
#include <kernel/register.h>

REGISTER_WRITE_ONLY(bad_data, uint32_t);

struct bad_view {
	union {
		struct bad_data_register data AT_OFFSET(0);
		uint32_t number;
	};
};
