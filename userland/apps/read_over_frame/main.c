#include <console.h>
#include <instructions.h>

/* Shares the 64 bytes below its stack pointer as a buffer to read into, and waits. On ARM that is
 * where the hardware has put the registers it will return with: whoever types chooses them, the
 * exception's number among them. An attack that needs input, hence not one of ../attack. */

enum {
	LENGTH = 64,
	COMMAND_READ = 2,
	READ_SLOT = 1,
	READ_DONE = 2,
};

int main(void)
{
	print_text("read_over_frame: send 64 bytes\n");
	allow_read_write(DRIVER_CONSOLE, READ_SLOT, (void *)(stack_pointer() - LENGTH), LENGTH);
	command(DRIVER_CONSOLE, COMMAND_READ, LENGTH, 0);
	yield_wait_for(DRIVER_CONSOLE, READ_DONE);
	allow_read_write(DRIVER_CONSOLE, READ_SLOT, 0, 0);
	print_text("read_over_frame: SURVIVED\n");
	return 0;
}
