#include <alarm.h>
#include <clock.h>
#include <read_only_state.h>

/* The kernel's 64 bits where it has them. Otherwise the distance from the last time that was seen to the
 * counter, modulo 2^32, is what has passed. */

static uint64_t last;
static bool kernel_has_none;
static volatile struct read_only_state state;

uint64_t clock_now(void)
{
	if (!kernel_has_none && read_only_state_share(&state)) {
		return read_only_state_ticks(&state);
	}
	kernel_has_none = true;
	last += alarm_now() - (uint32_t)last;
	return last;
}

/* Whole seconds and the rest apart, so that no product of theirs exceeds 64 bits before the sum does. */
uint64_t clock_ticks(uint64_t milliseconds)
{
	uint32_t frequency = alarm_frequency();
	uint64_t seconds = milliseconds / 1000;
	uint32_t rest = (uint32_t)(milliseconds - seconds * 1000);
	uint64_t whole;
	uint64_t sum;

	if (__builtin_mul_overflow(seconds, (uint64_t)frequency, &whole) ||
	    __builtin_add_overflow(whole, ((uint64_t)rest * frequency + 999) / 1000, &sum)) {
		return UINT64_MAX;
	}
	return sum;
}

uint64_t clock_milliseconds(uint64_t ticks)
{
	uint32_t frequency = alarm_frequency();

	if (frequency == 0) {
		return 0;
	}
	uint64_t seconds = ticks / frequency;

	return seconds * 1000 + (ticks - seconds * frequency) * 1000 / frequency;
}
