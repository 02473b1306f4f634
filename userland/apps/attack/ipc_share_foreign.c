/* Shares memory that is not its own: the kernel's, a neighbour's, a device, its own grants, its program,
 * all there is.
 *
 * WITH: lender
 * EXPECT: refused */
#include <borrow.h>

ATTACK("ipc_share_foreign")
{
	const uint32_t places[] = {KERNEL_FLASH,
				   KERNEL_RAM,
				   other_ram(),
				   other_flash(),
				   UART_DATA & ~31u,
				   memop_ask(MEMOP_GRANT_START) & ~31u,
				   memop_ask(MEMOP_FLASH_START),
				   app_break() & ~31u,
				   borrow(256, 64).address,
				   0xFFFFFFE0};
	uint32_t index = lender_index();

	for (uint32_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		if (ipc_share(index, (void *)places[i], 64) != ERROR_INVAL) {
			return breach("sharing");
		}
	}
	uint32_t ram = memop_ask(MEMOP_RAM_START);
	if (ipc_share(index, (void *)ram, 0x80000000) != ERROR_INVAL ||
	    ipc_share(index, (void *)ram, 0xFFFFFFFF) != ERROR_INVAL ||
	    ipc_share(index, (void *)ram, memop_ask(MEMOP_RAM_END) - ram) != ERROR_INVAL) {
		return breach("sharing more than there is");
	}
	return REFUSED;
}
