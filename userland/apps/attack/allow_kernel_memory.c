/* Shares the kernel's memory, a neighbour's and a device's with the console, to have it printed
 * or written.
 *
 * EXPECT: refused */
#include <attack.h>

ATTACK("allow_kernel_memory")
{
	const uint32_t places[] = {KERNEL_FLASH,  KERNEL_RAM, other_ram(),
				   other_flash(), UART_DATA,  memop_ask(MEMOP_GRANT_START),
				   0xFFFFFFF0};

	for (uint32_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		void *place = (void *)places[i];
		if (must_refuse(allow_read_only(DRIVER_CONSOLE, 1, place, 64), ERROR_INVAL, "RO") ==
			BREACH ||
		    must_refuse(allow_read_write(DRIVER_CONSOLE, 1, place, 64), ERROR_INVAL,
				"RW") == BREACH) {
			return BREACH;
		}
	}
	return REFUSED;
}
