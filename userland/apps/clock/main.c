#include <clock.h>
#include <event_loop.h>
#include <line.h>
#include <timer.h>

/* A clock that ticks every second, and beside it timers of many periods, all on the one alarm that the process has. Each
 * counts its beats; together with those that were left out they must be what the time says. */

enum {
	TIMERS = 20,
	STEP_MS = 7, /* periods are 7, 14, 21, ... ms */
	SECOND_MS = 1000,
};

static struct timer beats[TIMERS];
static struct timer second;
static uint32_t counts[TIMERS];

static void beat(struct timer *timer, void *data)
{
	uint32_t *count = data;

	(void)timer;
	++*count;
}

static void print_two_digits(struct line *line, uint32_t number)
{
	line_character(line, ':');
	line_character(line, (char)('0' + number / 10));
	line_character(line, (char)('0' + number % 10));
}

static void print_second(struct timer *timer, void *data)
{
	static uint32_t seconds;
	struct line line = LINE_EMPTY;
	uint32_t all = 0;
	uint32_t missed = 0;

	(void)data;
	seconds += 1 + (uint32_t)timer->missed;
	timer->missed = 0;
	for (uint32_t i = 0; i < TIMERS; i++) {
		all += counts[i];
		missed += (uint32_t)beats[i].missed;
	}
	line_text(&line, "clock: ");
	line_decimal(&line, seconds / 3600);
	print_two_digits(&line, seconds / 60 % 60);
	print_two_digits(&line, seconds % 60);
	line_text(&line, ", beats ");
	line_decimal(&line, all);
	line_text(&line, ", missed ");
	line_decimal(&line, missed);
	line_text(&line, "\n");
	line_print(&line);
}

int main(void)
{
	timer_start_periodic(&second, clock_ticks(SECOND_MS), print_second, 0);
	for (uint32_t i = 0; i < TIMERS; i++) {
		timer_start_periodic(&beats[i], clock_ticks((i + 1) * STEP_MS), beat, &counts[i]);
	}
	event_loop();
}
