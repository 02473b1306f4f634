/* Subscribes functions that lie in the kernel, in another application, in its own header, and at
 * the edges of its flash.
 *
 * EXPECT: refused */
#include <attack.h>

ATTACK("subscribe_outside")
{
	const uint32_t places[] = {KERNEL_CODE,
				   KERNEL_RAM,
				   other_flash() + 0x80,
				   memop_ask(MEMOP_FLASH_START),
				   memop_ask(MEMOP_FLASH_END) - 3,
				   memop_ask(MEMOP_FLASH_END),
				   memop_ask(MEMOP_GRANT_START),
				   0xFFFFFFFF,
				   1};

	for (uint32_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		if (must_refuse(subscribe(DRIVER_ALARM, 0, (upcall_function *)places[i], 0),
				ERROR_INVAL, "subscribe") == BREACH) {
			return BREACH;
		}
	}
	return REFUSED;
}
