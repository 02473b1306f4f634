/* Switches the MPU off.
 *
 * EXPECT: fault
 * ONLY: armv7m */
#include <attack.h>

ATTACK("write_mpu_control")
{
	poke(0xE000ED94, 0); /* MPU_CTRL */
	return SURVIVED;
}
