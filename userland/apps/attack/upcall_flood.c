/* Makes 50 events without a yield. The queue holds 10; the others are dropped and counted.
 *
 * EXPECT: survives */
#include <alarm.h>
#include <attack.h>

static volatile uint32_t count;

static void fired(uint32_t now, uint32_t moment, uint32_t zero, uint32_t data)
{
	(void)now, (void)moment, (void)zero, (void)data;
	count++;
}

ATTACK("upcall_flood")
{
	subscribe(DRIVER_ALARM, 0, fired, 0);
	for (uint32_t i = 0; i < 50; i++) {
		alarm_event();
	}
	uint8_t ran;
	do {
		ran = 0;
		yield_no_wait(&ran);
	} while (ran != 0);
	if (count != 10) {
		return breach("not 10 events were kept");
	}
	return SURVIVED;
}
