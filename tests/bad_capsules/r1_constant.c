/* Volatile without a register.
 *
 * EXPECT: refuse R1 "volatile"
 * PROFILE: chip
 */

#include "bad.h"

static volatile const uint32_t bad_x = 1;
