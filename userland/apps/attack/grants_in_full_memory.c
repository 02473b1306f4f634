/* Takes all the memory it can get, fills it, and makes every driver remember something. Grants
 * must not be placed in what it has.
 *
 * EXPECT: survives */
#include <attack.h>

static void fill(uint32_t start, uint32_t end)
{
	for (uint32_t address = start; address < end; address += 4) {
		poke(address, address ^ 0x5A5A5A5A);
	}
}

static bool filled(uint32_t start, uint32_t end)
{
	for (uint32_t address = start; address < end; address += 4) {
		if (peek(address) != (address ^ 0x5A5A5A5A)) {
			return false;
		}
	}
	return true;
}

ATTACK("grants_in_full_memory")
{
	uint32_t start = app_break();

	for (uint32_t step = 4096; step >= 4; step /= 2) {
		while (succeeded(memop(MEMOP_SBRK, step))) {
		}
	}
	uint32_t end = app_break();
	fill(start, end);
	for (uint32_t driver = 0; driver < 0x20; driver++) {
		subscribe(driver, 0, 0, 0);
		allow_read_only(driver, 0, 0, 0);
		command(driver, 2, 0, 0);
	}
	if (memop_ask(MEMOP_GRANT_START) < end) {
		return breach("the kernel break is below the app break");
	}
	if (!filled(start, end)) {
		return breach("memory of its own was changed");
	}
	return SURVIVED;
}
