/* A register of no known width.
 *
 * EXPECT: refuse C13 "generic association"
 * PROFILE: chip
 */

#include "bad_chip.h"

struct bad_wide {
	uint32_t low : 32;
	uint32_t high : 32;
};
REGISTER_READ_WRITE(bad_wide, struct bad_wide, 0);
