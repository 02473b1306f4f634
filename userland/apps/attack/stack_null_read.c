/* Reads the kernel's RAM with sp = 0: one fault while another is being entered.
 *
 * EXPECT: fault */
#include <attack.h>

ATTACK("stack_null_read")
{
	read_with_stack(0, KERNEL_RAM);
	return SURVIVED;
}
