/* Jumps into a device's registers.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("jump_device")
{
	jump(code_address(UART_DATA));
	return SURVIVED;
}
