/* Makes a system call with sp 16 bytes above its break: on ARM half of the frame lies outside,
 * though perhaps within what the protection's granule lets it touch.
 *
 * EXPECT(armv7m): fault
 * EXPECT(rv32): survives */
#include <attack.h>

ATTACK("stack_past_break")
{
	memop(MEMOP_SBRK, 32); /* off any granule */
	if (trap_with_stack(app_break() + 16) != RETURN_SUCCESS) {
		return breach("the command failed");
	}
	return SURVIVED;
}
