/* Reads and writes words at odd addresses of its own.
 *
 * EXPECT: survives */
#include <attack.h>

ATTACK("unaligned_access")
{
	static uint8_t bytes[12];

	for (uint32_t i = 1; i < 4; i++) {
		poke((uint32_t)&bytes[i], 0x01020304);
		if (peek((uint32_t)&bytes[i]) != 0x01020304) {
			return breach("another value read than written");
		}
	}
	return SURVIVED;
}
