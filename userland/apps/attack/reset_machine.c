/* Resets the machine, or switches it off. Where an emulator ignores the write instead of
 * faulting, it goes on to end by a plain fault.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("reset_machine")
{
	poke(RESET_REGISTER, RESET_VALUE);
	peek(KERNEL_RAM);
	return SURVIVED;
}
