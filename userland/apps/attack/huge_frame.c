/* Overflows its stack by one frame that is larger than all of its RAM.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("huge_frame")
{
	volatile uint8_t frame[2 * SLOT_RAM_SIZE];

	frame[0] = 1;
	frame[sizeof(frame) / 2] = 2;
	return SURVIVED;
}
