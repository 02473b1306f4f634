/* Moves its break to where it must not be.
 *
 * EXPECT: refused */
#include <attack.h>

ATTACK("break_outside")
{
	const uint32_t places[] = {
	    0,
	    memop_ask(MEMOP_RAM_START) - 4,
	    memop_ask(MEMOP_GRANT_START) + 4,
	    memop_ask(MEMOP_RAM_END),
	    memop_ask(MEMOP_RAM_END) + 4,
	    other_ram() + 0x400,
	    KERNEL_RAM,
	    memop_ask(MEMOP_FLASH_START),
	    UART_DATA,
	    0x80000000,
	    0xFFFFFFFC,
	    0xFFFFFFFF,
	};
	uint32_t before = app_break();

	for (uint32_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		if (must_refuse(memop(MEMOP_BRK, places[i]), ERROR_NOMEM, "brk") == BREACH ||
		    must_refuse(memop(MEMOP_SBRK, places[i] - before), ERROR_NOMEM, "sbrk") ==
			BREACH) {
			return BREACH;
		}
	}
	return app_break() == before ? REFUSED : breach("the break has moved");
}
