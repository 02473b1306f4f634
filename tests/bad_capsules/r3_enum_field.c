/* Where bits of an enum begin differs between compilers.
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
};

struct bad_value {
	enum bad_color color : 1;
	uint32_t reserved_1 : 31;
};
