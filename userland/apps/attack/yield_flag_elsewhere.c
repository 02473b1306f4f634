/* Has the flag of yield-no-wait written to the kernel's memory, to a neighbour's, to its grants
 * and to devices. The kernel skips the write; a bystander in slot 0 would notice one.
 *
 * EXPECT: survives */
#include <attack.h>

ATTACK("yield_flag_elsewhere")
{
	uint32_t other = other_ram();
	const uint32_t places[] = {KERNEL_RAM,
				   KERNEL_RAM_END - 1,
				   UART_DATA,
				   TIMER,
				   0,
				   0xFFFFFFFF,
				   NOTHING_THERE,
				   memop_ask(MEMOP_FLASH_START),
				   memop_ask(MEMOP_RAM_START) - 1,
				   memop_ask(MEMOP_GRANT_START),
				   memop_ask(MEMOP_RAM_END) - 1};

	for (uint32_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		yield_no_wait((uint8_t *)places[i]);
	}
	for (uint32_t address = other; address < other + 0x800; address++) {
		yield_no_wait((uint8_t *)address);
	}
	return SURVIVED;
}
