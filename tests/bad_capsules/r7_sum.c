/* A sum that may not fit.
 *
 * EXPECT: refuse R7 "'divisor' takes"
 * PROFILE: chip
 */

#include "bad_chip.h"

static void bad_f(struct bad_control *control, uint16_t a, uint16_t b)
{
	control->divisor = a + b;
}
