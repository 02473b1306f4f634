/* Takes a buffer back while the console prints it, and shares others in its place.
 *
 * EXPECT: survives */
#include <attack.h>

ATTACK("withdraw_while_writing")
{
	static char text[60];

	for (uint32_t i = 0; i < sizeof(text); i++) {
		text[i] = '-';
	}
	text[sizeof(text) - 1] = '\n';
	for (uint32_t i = 0; i < 10; i++) {
		allow_read_only(DRIVER_CONSOLE, 1, text, sizeof(text));
		command(DRIVER_CONSOLE, 1, sizeof(text), 0);
		allow_read_only(DRIVER_CONSOLE, 1, text, i);
		allow_read_only(DRIVER_CONSOLE, 1, 0, 0);
		yield_wait_for(DRIVER_CONSOLE, 1);
	}
	return SURVIVED;
}
