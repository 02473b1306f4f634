/* Writes to its own grant region: forged buffers and upcalls for its drivers.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("write_own_grant")
{
	uint32_t end = memop_ask(MEMOP_RAM_END);

	for (uint32_t address = memop_ask(MEMOP_GRANT_START); address < end; address += 4) {
		poke(address, KERNEL_RAM);
	}
	return SURVIVED;
}
