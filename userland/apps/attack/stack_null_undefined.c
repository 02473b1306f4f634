/* Faults with sp = 0: a fault while a fault is being entered.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("stack_null_undefined")
{
	undefined_with_stack(0);
	return SURVIVED;
}
