/* Registers in the driver's own memory.
 *
 * EXPECT: refuse R5 "'seen'"
 * PROFILE: chip
 */

#include <hil/uart.h>
#include <kernel/checked.h>
#include <kernel/register.h>

REGISTER_WRITE_ONLY(bad_data, uint32_t);

struct bad_driver {
	uint32_t seen;
	struct bad_data_register data AT_OFFSET(4);
};
