/* Reads the console's UART.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("read_uart")
{
	peek(UART_DATA);
	return SURVIVED;
}
