/* Adds to a word of its own by exclusive accesses, with system calls and interrupts between, as
 * an application may.
 *
 * EXPECT: survives */
#include <alarm.h>
#include <attack.h>

ATTACK("exclusive_own")
{
	static uint32_t word;
	uint32_t address = (uint32_t)&word;

	for (uint32_t i = 0; i < 100000; i++) {
		while (store_exclusive(address, load_exclusive(address) + 1) != 0) {
		}
	}
	load_exclusive(address);
	alarm_sleep_ms(5);
	if (store_exclusive(address, 0) == 0 && word != 0) {
		return breach("stored and not stored");
	}
	if (word != 0 && word != 100000) {
		return breach("an addition was lost");
	}
	return SURVIVED;
}
