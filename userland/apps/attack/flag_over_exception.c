/* Has the flag of yield-no-wait written over the exception number that the hardware has put on
 * its stack: it would return to itself as to a handler.
 *
 * EXPECT: fault
 * ONLY: armv7m */
#include <alarm.h>
#include <attack.h>

static void fired(uint32_t now, uint32_t moment, uint32_t zero, uint32_t data)
{
	(void)now, (void)moment, (void)zero, (void)data;
}

ATTACK("flag_over_exception")
{
	subscribe(DRIVER_ALARM, 0, fired, 0);
	alarm_event();
	yield_no_wait_over_frame(28); /* an upcall waits: writes 1 */
	return SURVIVED;
}
