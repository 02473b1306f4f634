/* A register without its block.
 *
 * EXPECT: refuse R1 "volatile"
 * PROFILE: chip
 */

#include "bad_chip.h"

struct bad_port {
	volatile uint32_t *data;
};
