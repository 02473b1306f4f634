/* Values that the field cannot hold.
 *
 * EXPECT: refuse R3 "'color'"
 * PROFILE: chip
 */

#include <hil/uart.h>
#include <kernel/checked.h>
#include <kernel/register.h>

enum bad_color {
	BAD_COLOR_RED,
	BAD_COLOR_BLUE = 4,
};

struct bad_value {
	uint32_t color : 2 VALUES_OF(bad_color);
	uint32_t reserved_2 : 30;
};
