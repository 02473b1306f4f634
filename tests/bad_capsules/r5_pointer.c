/* A pointer where registers are.
 *
 * EXPECT: refuse R5 "'reserved_004'"
 * PROFILE: chip
 */

#include <hil/uart.h>
#include <kernel/checked.h>
#include <kernel/register.h>

REGISTER_WRITE_ONLY(bad_data, uint32_t);

struct bad_block {
	struct bad_data_register data AT_OFFSET(0);
	struct bad_block *reserved_004;
};
