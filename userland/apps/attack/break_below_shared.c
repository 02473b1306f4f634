/* Shares its stack with a driver and moves the break below it.
 *
 * EXPECT: refused */
#include <attack.h>

ATTACK("break_below_shared")
{
	uint8_t buffer[16];
	uint32_t end = (uint32_t)&buffer[sizeof(buffer)];

	allow_read_write(DRIVER_CONSOLE, 0, buffer, sizeof(buffer));
	return must_refuse(memop(MEMOP_BRK, end - 8), ERROR_NOMEM,
			   "the break moved below shared memory");
}
