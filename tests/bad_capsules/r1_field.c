/* A register of one's own making.
 *
 * EXPECT: refuse R1 "volatile"
 * PROFILE: chip
 */

#include "bad_chip.h"

struct bad_block {
	volatile uint32_t data;
};
