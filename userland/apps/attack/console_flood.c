/* Starts 200 console writes without waiting for any.
 *
 * EXPECT: survives */
#include <alarm.h>
#include <attack.h>

static void written(uint32_t bytes, uint32_t zero, uint32_t also_zero, uint32_t data)
{
	(void)bytes, (void)zero, (void)also_zero, (void)data;
}

ATTACK("console_flood")
{
	static const char text[] = "flood\n";

	subscribe(DRIVER_CONSOLE, 1, written, 0);
	allow_read_only(DRIVER_CONSOLE, 1, text, sizeof(text) - 1);
	for (uint32_t i = 0; i < 200; i++) {
		command(DRIVER_CONSOLE, 1, sizeof(text) - 1, 0);
	}
	/* What is under way ends, and its upcalls are taken, before the last line is printed. */
	alarm_sleep_ms(300);
	uint8_t ran;
	do {
		ran = 0;
		yield_no_wait(&ran);
	} while (ran != 0);
	subscribe(DRIVER_CONSOLE, 1, 0, 0);
	return SURVIVED;
}
