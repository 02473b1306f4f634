/* Opens a region of the MPU over all of memory. Where an emulator ignores the write instead of
 * faulting, it goes on to use what that would have given.
 *
 * EXPECT: fault
 * ONLY: armv7m */
#include <attack.h>

ATTACK("write_mpu_region")
{
	poke(0xE000ED9C, 0x00000017); /* MPU_RBAR: base 0, region 7 */
	poke(0xE000EDA0, 0x0300003F); /* MPU_RASR: 4 GiB, full access */
	peek(KERNEL_RAM);
	return SURVIVED;
}
