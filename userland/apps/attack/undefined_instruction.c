/* Executes an instruction that is defined to be undefined.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("undefined_instruction")
{
	instruction_undefined();
	return SURVIVED;
}
