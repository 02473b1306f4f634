/* Switches the MPU off. Where an emulator ignores the write instead of faulting, it goes on to
 * use what that would have given.
 *
 * EXPECT: fault
 * ONLY: armv7m */
#include <attack.h>

ATTACK("write_mpu_control")
{
	poke(0xE000ED94, 0); /* MPU_CTRL */
	peek(KERNEL_RAM);
	return SURVIVED;
}
