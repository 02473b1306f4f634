/* Executes a floating-point instruction where there is no such unit.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("float_instruction")
{
	instruction_float();
	return SURVIVED;
}
