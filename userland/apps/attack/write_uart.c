/* Writes to the console's UART, past the driver.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("write_uart")
{
	poke(UART_DATA, '!');
	return SURVIVED;
}
