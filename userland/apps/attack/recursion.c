/* Overflows its stack by a recursion without end.
 *
 * EXPECT: fault */
#include <attack.h>

static __attribute__((noinline)) uint32_t deeper(uint32_t depth)
{
	volatile uint32_t here = depth;

	if (here != 0) {
		here = deeper(depth + 1) + here;
	}
	return here;
}

ATTACK("recursion")
{
	deeper(1);
	return SURVIVED;
}
