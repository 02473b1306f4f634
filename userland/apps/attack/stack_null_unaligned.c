/* Loads exclusively from an odd address with sp = 0: one fault while another is being entered.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("stack_null_unaligned")
{
	static uint32_t words[2];

	exclusive_with_stack(0, (uint32_t)words + 1);
	return SURVIVED;
}
