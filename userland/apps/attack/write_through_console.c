/* Shares its read-only code as a buffer to be written to: a read from the console would change
 * it.
 *
 * EXPECT: refused */
#include <attack.h>

ATTACK("write_through_console")
{
	return must_refuse(allow_read_write(DRIVER_CONSOLE, 1, (void *)attack, 64), ERROR_INVAL,
			   "RW");
}
