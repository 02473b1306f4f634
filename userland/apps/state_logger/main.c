#include <clock.h>
#include <line.h>
#include <read_only_state.h>
#include <stdbool.h>
#include <timer.h>

/* A logger of what the kernel measures: how late the sample is, and how often the process was given the processor. It
 * samples at a steady rate into a ring, and writes a summary of the ring when it has come round. */

enum {
	SAMPLE_MS = 10,
	SAMPLES = 32,
};

struct sample {
	uint32_t late; /* ticks after its beat */
	uint32_t switches;
};

static volatile struct read_only_state state;
static struct sample ring[SAMPLES];
static uint32_t samples;
static struct timer sample_timer;

static uint32_t microseconds(uint32_t ticks)
{
	return (uint32_t)clock_milliseconds((uint64_t)ticks * 1000);
}

static void print_summary(void)
{
	struct line line = LINE_EMPTY;
	uint32_t least = UINT32_MAX;
	uint32_t most = 0;

	for (uint32_t i = 0; i < SAMPLES; i++) {
		least = ring[i].late < least ? ring[i].late : least;
		most = ring[i].late > most ? ring[i].late : most;
	}
	line_text(&line, "state_logger: ");
	line_decimal(&line, samples);
	line_text(&line, " samples, late by ");
	line_decimal(&line, microseconds(least));
	line_text(&line, " to ");
	line_decimal(&line, microseconds(most));
	line_text(&line, " us, switches ");
	line_decimal(&line,
		     ring[(samples - 1) % SAMPLES].switches - ring[samples % SAMPLES].switches);
	line_text(&line, "\n");
	line_print(&line);
}

static void take_sample(struct timer *timer, void *data)
{
	struct sample *sample = &ring[samples % SAMPLES];
	uint64_t now = clock_now();

	(void)data;
	sample->late = (uint32_t)(now - (timer->due - timer->period));
	read_only_state_share(&state); /* which asking for the time had taken back */
	sample->switches = state.switches;
	samples++;
	if (samples % SAMPLES == 0) {
		print_summary();
	}
}

int main(void)
{
	timer_start_periodic(&sample_timer, clock_ticks(SAMPLE_MS), take_sample, 0);
	for (;;) {
		yield_wait();
	}
}
