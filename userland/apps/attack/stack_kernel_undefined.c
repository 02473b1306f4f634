/* Faults with sp in the kernel's RAM: a fault while a fault is being entered.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("stack_kernel_undefined")
{
	undefined_with_stack(KERNEL_RAM_END);
	return SURVIVED;
}
