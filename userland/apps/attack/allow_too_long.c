/* Shares buffers that begin in its RAM and end past the break, or wrap around the address space.
 *
 * EXPECT: refused */
#include <attack.h>

ATTACK("allow_too_long")
{
	uint32_t start = memop_ask(MEMOP_RAM_START);
	const uint32_t lengths[] = {app_break() - start + 1,
				    0x7FFFFFFF,
				    0x80000000,
				    0xFFFFFFFF,
				    0 - start,
				    1 - start,
				    64 - start};

	for (uint32_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		void *place = (void *)start;
		if (must_refuse(allow_read_only(DRIVER_CONSOLE, 1, place, lengths[i]), ERROR_INVAL,
				"RO") == BREACH ||
		    must_refuse(allow_read_write(DRIVER_CONSOLE, 1, place, lengths[i]), ERROR_INVAL,
				"RW") == BREACH) {
			return BREACH;
		}
	}
	return REFUSED;
}
