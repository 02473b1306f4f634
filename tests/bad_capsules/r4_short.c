/* Bits that have no name are lost when it is written back.
 *
 * EXPECT: refuse R4 "30 bits and takes 32"
 * PROFILE: chip
 */

#include <hil/uart.h>
#include <kernel/checked.h>
#include <kernel/register.h>

struct bad_value {
	uint32_t x : 30;
};
