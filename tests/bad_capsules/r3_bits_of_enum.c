/* Bits of two values make a third.
 *
 * EXPECT: refuse R3 "'color'"
 * PROFILE: chip
 */

#include <hil/uart.h>
#include <kernel/checked.h>
#include <kernel/register.h>

enum bad_color {
	BAD_COLOR_RED,
	BAD_COLOR_BLUE,
	BAD_COLOR_GREEN,
};

struct bad_value {
	uint32_t color : 2 VALUES_OF(bad_color);
	uint32_t reserved_2 : 30;
};
REGISTER_BITS(bad_value, struct bad_value, 0x00000000);
