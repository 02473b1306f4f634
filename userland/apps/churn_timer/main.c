#include <alarm.h>
#include <console.h>
#include <free_memory.h>
#include <line.h>

/* Sleeps for an hour, in pieces of all lengths, and tells how it went. Now and then it lets more events come
 * than its queue holds. In the end it faults, so that the kernel's report tells what the kernel counted. */

enum {
	HOUR_S = 3600,
	TELL_S = 600,
	SLEEP_MAX_MS = 20000,
	FLOOD_EVERY = 10, /* sleeps */
	FLOOD_EVENTS = 14,
};

struct hour {
	uint32_t ms; /* slept so far */
	uint32_t sleeps;
	uint32_t early;   /* woke before the time */
	uint32_t events;  /* that the floods have brought about */
	uint32_t arrived; /* of these */
	uint32_t random;
};

static uint32_t length_ms(struct hour *hour)
{
	uint32_t left = HOUR_S * 1000 - hour->ms;

	hour->random = hour->random * 1664525 + 1013904223;
	uint32_t length = 1 + (hour->random >> 8) % SLEEP_MAX_MS;
	return length < left ? length : left;
}

static void sleep_once(struct hour *hour)
{
	uint32_t length = length_ms(hour);
	uint32_t start = alarm_now();

	alarm_sleep_ms(length);
	hour->early += alarm_now() - start < alarm_ticks(length);
	hour->ms += length;
	hour->sleeps++;
}

static volatile uint32_t arrived;

static void event(uint32_t now, uint32_t moment, uint32_t unused, uint32_t data)
{
	(void)now, (void)moment, (void)unused, (void)data;
	arrived++;
}

static void flood(struct hour *hour)
{
	uint8_t ran = 1;

	arrived = 0;
	subscribe(DRIVER_ALARM, 0, event, 0);
	for (uint32_t i = 0; i < FLOOD_EVENTS; i++) {
		alarm_event();
	}
	while (ran != 0) {
		yield_no_wait(&ran);
	}
	subscribe(DRIVER_ALARM, 0, 0, 0);
	hour->events += FLOOD_EVENTS;
	hour->arrived += arrived;
}

static void tell(const struct hour *hour)
{
	const struct {
		const char *text;
		uint32_t number;
	} parts[] = {
	    {"churn_timer: ", hour->ms / 1000}, {" s, sleeps ", hour->sleeps},
	    {", early ", hour->early},          {", events ", hour->events},
	    {", arrived ", hour->arrived},      {", free ", free_memory()},
	};
	struct line line = LINE_EMPTY;

	for (uint32_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		line_text(&line, parts[i].text);
		line_decimal(&line, parts[i].number);
	}
	line_character(&line, '\n');
	line_print(&line);
}

int main(void)
{
	struct hour hour = {.random = alarm_now()};
	uint32_t told = 0;

	alarm_sleep_ms(1);
	print_text(
	    "churn_timer: begins\n"); /* after which it has all the grants that it will have */
	tell(&hour);
	while (hour.ms < HOUR_S * 1000) {
		sleep_once(&hour);
		if (hour.sleeps % FLOOD_EVERY == 0) {
			flood(&hour);
		}
		if (hour.ms / 1000 / TELL_S > told) {
			told = hour.ms / 1000 / TELL_S;
			tell(&hour);
		}
	}
	*(volatile uint32_t *)0 = 0;
	return 1;
}
