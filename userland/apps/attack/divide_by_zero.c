/* Divides by zero. Neither architecture traps it: ARM gives 0, RISC-V all ones.
 *
 * EXPECT: survives */
#include <attack.h>

ATTACK("divide_by_zero")
{
	if (divide(1, 0) != ONE_DIVIDED_BY_ZERO) {
		return breach("another quotient");
	}
	return SURVIVED;
}
