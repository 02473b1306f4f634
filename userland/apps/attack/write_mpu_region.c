/* Opens a region of the MPU over all of memory.
 *
 * EXPECT: fault
 * ONLY: armv7m */
#include <attack.h>

ATTACK("write_mpu_region")
{
	poke(0xE000ED9C, 0x00000017); /* MPU_RBAR: base 0, region 7 */
	poke(0xE000EDA0, 0x0300003F); /* MPU_RASR: 4 GiB, full access */
	return SURVIVED;
}
