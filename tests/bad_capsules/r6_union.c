/* A register of a union elsewhere.
 *
 * EXPECT: refuse R6 "'second' is at offset 0x4"
 * PROFILE: chip
 */

#include <hil/uart.h>
#include <kernel/checked.h>
#include <kernel/register.h>

REGISTER_WRITE_ONLY(bad_first, uint32_t);
REGISTER_WRITE_ONLY(bad_second, uint32_t);

struct bad_block {
	struct bad_first_register first AT_OFFSET(0x000);
	union {
		struct bad_first_register third AT_OFFSET(0x004);
		struct bad_second_register second AT_OFFSET(0x000);
	};
};
