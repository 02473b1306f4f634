/* Fields that are no bit-fields.
 *
 * EXPECT: refuse R3 "struct bad_bytes"
 * PROFILE: chip
 */

#include <hil/uart.h>
#include <kernel/checked.h>
#include <kernel/register.h>

struct bad_bytes {
	uint8_t low, middle, high, highest;
};
REGISTER_READ_ONLY(bad_bytes, struct bad_bytes, RESET_UNKNOWN);
