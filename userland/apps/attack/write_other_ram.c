/* Writes over all of the RAM of another process. A bystander in slot 0 would notice.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("write_other_ram")
{
	uint32_t start = other_ram();

	for (uint32_t address = start; address < start + SLOT_RAM_SIZE; address += 4) {
		poke(address, 0);
	}
	return SURVIVED;
}
