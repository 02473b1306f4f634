#include <alarm.h>

enum {
	COMMAND_FREQUENCY = 1,
	COMMAND_NOW = 2,
	COMMAND_STOP = 3,
	COMMAND_SET_RELATIVE = 5,
	COMMAND_SET = 6,
	FIRED = 0,
};

/* The longest single sleep, ticks. Half the counter's range, to be far from its wrap. */
#define LONGEST_SLEEP (UINT32_MAX / 2)

uint32_t alarm_now(void)
{
	return command(DRIVER_ALARM, COMMAND_NOW, 0, 0).value1;
}

uint32_t alarm_frequency(void)
{
	struct system_call_return result = command(DRIVER_ALARM, COMMAND_FREQUENCY, 0, 0);

	return succeeded(result) ? result.value1 : 0;
}

static uint64_t ticks_in(uint32_t milliseconds)
{
	return ((uint64_t)milliseconds * alarm_frequency() + 999) / 1000;
}

uint32_t alarm_ticks(uint32_t milliseconds)
{
	uint64_t ticks = ticks_in(milliseconds);

	return ticks < UINT32_MAX ? (uint32_t)ticks : UINT32_MAX;
}

uint32_t alarm_sleep_from(uint32_t reference, uint32_t ticks)
{
	if (succeeded(command(DRIVER_ALARM, COMMAND_SET, reference, ticks))) {
		yield_wait_for(DRIVER_ALARM, FIRED);
	}
	return reference + ticks;
}

/* In pieces, each from the end of the one before, so that any length is exact. */
static void sleep(uint64_t ticks)
{
	uint32_t reference = alarm_now();

	while (ticks > 0) {
		uint32_t piece = ticks < LONGEST_SLEEP ? (uint32_t)ticks : LONGEST_SLEEP;
		reference = alarm_sleep_from(reference, piece);
		ticks -= piece;
	}
}

void alarm_sleep_ticks(uint32_t ticks)
{
	sleep(ticks);
}

void alarm_sleep_ms(uint32_t milliseconds)
{
	sleep(ticks_in(milliseconds));
}

enum error_code alarm_set(uint32_t ticks, upcall_function *fired, uint32_t data)
{
	struct system_call_return result = subscribe(DRIVER_ALARM, FIRED, fired, data);

	if (succeeded(result)) {
		result = command(DRIVER_ALARM, COMMAND_SET_RELATIVE, ticks, 0);
	}
	return succeeded(result) ? ERROR_NONE : (enum error_code)result.value1;
}

/* Waits by computing. In an emulator the counter may run ahead of the interrupt; but an alarm that
 * could still be stopped had not fired. */
uint32_t alarm_event(void)
{
	uint32_t patience = alarm_ticks(2);
	uint32_t moment;

	do {
		moment = command(DRIVER_ALARM, COMMAND_SET_RELATIVE, 1, 0).value1;
		uint32_t start = alarm_now();
		while (alarm_now() - start < patience) {
		}
	} while (succeeded(command(DRIVER_ALARM, COMMAND_STOP, 0, 0)));
	return moment;
}
