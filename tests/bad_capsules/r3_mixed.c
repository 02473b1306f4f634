/* A bit-field beside something else.
 *
 * EXPECT: refuse R3 "'y'"
 * PROFILE: chip
 */

#include <hil/uart.h>
#include <kernel/checked.h>
#include <kernel/register.h>

struct bad_value {
	uint16_t x : 16;
	uint16_t y;
};
