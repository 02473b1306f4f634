/* A union with a name.
 *
 * EXPECT: refuse M13 "union"
 * PROFILE: chip
 */

#include <hil/uart.h>
#include <kernel/checked.h>
#include <kernel/register.h>

REGISTER_WRITE_ONLY(bad_data, uint32_t);

union bad_view {
	struct bad_data_register data;
	uint32_t number;
};
