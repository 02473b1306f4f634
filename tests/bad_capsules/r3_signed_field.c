/* A field with a sign.
 *
 * EXPECT: refuse R3 "'x'"
 * PROFILE: chip
 */

#include <hil/uart.h>
#include <kernel/checked.h>
#include <kernel/register.h>

struct bad_value {
	int32_t x : 3;
	uint32_t reserved_3 : 29;
};
