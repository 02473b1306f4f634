/* Asks the emulator or debugger to end the machine, by semihosting.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("semihosting")
{
	instruction_semihosting();
	return SURVIVED;
}
