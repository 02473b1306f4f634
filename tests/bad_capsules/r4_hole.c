/* A hole that the compiler makes.
 *
 * EXPECT: refuse R4 "12 bits and takes 16"
 * PROFILE: chip
 */

#include <hil/uart.h>
#include <kernel/checked.h>
#include <kernel/register.h>

struct bad_value {
	uint8_t x : 6;
	uint8_t y : 6;
};
