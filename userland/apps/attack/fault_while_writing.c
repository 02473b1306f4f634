/* Dies while its buffer is with the console: what is left of the write must not come from the
 * memory of its next life, nor keep others from writing.
 *
 * EXPECT: fault */
#include <attack.h>
#include <console.h>

ATTACK("fault_while_writing")
{
	static char text[200];

	for (uint32_t i = 0; i < sizeof(text); i++) {
		text[i] = '-';
	}
	allow_read_only(DRIVER_CONSOLE, 1, text, sizeof(text));
	command(DRIVER_CONSOLE, 1, sizeof(text), 0);
	poke(KERNEL_RAM, 0);
	return SURVIVED;
}
