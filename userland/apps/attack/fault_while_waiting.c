/* Dies with an alarm that is due, a read that nobody ends, and functions subscribed: nothing of it
 * must come to its next life.
 *
 * EXPECT: fault */
#include <alarm.h>
#include <attack.h>

static volatile uint32_t calls;

static void called(uint32_t a, uint32_t b, uint32_t c, uint32_t data)
{
	(void)a, (void)b, (void)c, (void)data;
	calls++;
}

ATTACK("fault_while_waiting")
{
	static char bytes[8];
	uint8_t ran = 0;

	/* Of the life before: its alarm, 50 ms ahead, is over long before this one's sleep is. */
	alarm_sleep_ms(60);
	yield_no_wait(&ran);
	if (ran != 0 || calls != 0) {
		return breach("an event of the life before");
	}
	subscribe(DRIVER_CONSOLE, 2, called, 0);
	if (!succeeded(allow_read_write(DRIVER_CONSOLE, 1, bytes, sizeof(bytes))) ||
	    !succeeded(command(DRIVER_CONSOLE, 2, sizeof(bytes), 0))) {
		return breach("the read of the life before is in the way");
	}
	alarm_set(alarm_ticks(50), called, 0);
	poke(KERNEL_RAM, 0);
	return SURVIVED;
}
