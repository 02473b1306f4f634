/* Tells the kernel that its stack and heap are where they cannot be.
 *
 * EXPECT: survives */
#include <attack.h>

ATTACK("stack_marks_outside")
{
	const uint32_t places[] = {0, KERNEL_RAM, other_ram(), memop_ask(MEMOP_RAM_END),
				   0xFFFFFFFF};

	for (uint32_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		if (memop(MEMOP_STACK_TOP, places[i]).variant != RETURN_SUCCESS ||
		    memop(MEMOP_HEAP_START, places[i]).variant != RETURN_SUCCESS) {
			return breach("another answer than success");
		}
	}
	return SURVIVED;
}
