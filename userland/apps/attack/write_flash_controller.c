/* Gives a command to the flash: erase.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("write_flash_controller")
{
	poke(FLASH_CONTROLLER, 0xA4420004);
	return SURVIVED;
}
