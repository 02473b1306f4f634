/* Reads its own header, which an application may.
 *
 * EXPECT: survives */
#include <attack.h>

ATTACK("read_own_header")
{
	if ((peek(memop_ask(MEMOP_FLASH_START)) & 0xFFFF) != 2) {
		return breach("the header is not of version 2");
	}
	return SURVIVED;
}
