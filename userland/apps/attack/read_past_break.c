/* Reads on from its break upwards. On ARM the protection's granule may give it some bytes more
 * than it has; it must be caught before the grant region.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("read_past_break")
{
	uint32_t limit = memop_ask(MEMOP_GRANT_START);

	for (uint32_t address = app_break(); address < limit; address += 4) {
		peek(address);
	}
	peek(limit);
	return SURVIVED;
}
