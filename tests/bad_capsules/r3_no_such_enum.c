/* Values of nothing.
 *
 * EXPECT: refuse R3 "'color'"
 * PROFILE: chip
 */

#include <hil/uart.h>
#include <kernel/checked.h>
#include <kernel/register.h>

struct bad_value {
	uint32_t color : 2 VALUES_OF(bad_color);
	uint32_t reserved_2 : 30;
};
