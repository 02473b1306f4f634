#include <alarm.h>
#include <console.h>
#include <debug.h>
#include <free_memory.h>
#include <line.h>

/* Every five seconds a line of another length; now and then one whose buffer is taken back while it goes
 * out, a read that is cut short, more debug messages than there is room for. */

enum {
	BEAT_MS = 5000,
	BEATS_PER_HOUR = 720,
	WITHDRAW_EVERY = 7, /* beats */
	READ_EVERY = 5,
	BURST_EVERY = 12,
	BURST = 9, /* messages; four find room */
	BURST_TAG = 0xbead,
	LENGTH_MAX = 120,
	WITHDRAWN = 130, /* bytes, three pieces */
	COMMAND_READ = 2,
	COMMAND_ABORT = 3,
	READ_DONE = 2,
};

struct counts {
	uint32_t lines;     /* written to their end */
	uint32_t wrong;     /* said to be written, and were not */
	uint32_t withdrawn; /* bytes that went out of lines taken back */
	uint32_t cancelled; /* reads */
	uint32_t messages;  /* debug */
};

static void write_line(struct counts *counts, uint32_t beat)
{
	struct line line = LINE_EMPTY;

	line_text(&line, "churn_writer: ");
	line_decimal(&line, beat);
	line_character(&line, ' ');
	for (uint32_t i = 0; i < beat * 37 % LENGTH_MAX; i++) {
		line_character(&line, 'w');
	}
	line_character(&line, '\n');

	uint32_t length = line.length;

	counts->wrong += console_write(line.text, length) != length;
	counts->lines++;
}

/* What is not on its way yet is dropped; how much that is depends on the port. */
static void withdraw(struct counts *counts)
{
	char text[WITHDRAWN];

	for (uint32_t i = 0; i < WITHDRAWN; i++) {
		text[i] = '~';
	}
	console_write_start(text, WITHDRAWN, 0, 0);
	allow_read_only(DRIVER_CONSOLE, 1, 0, 0);
	counts->withdrawn += console_write_wait();
	print_text("\n");
}

static void read_nothing(struct counts *counts)
{
	char bytes[8];

	allow_read_write(DRIVER_CONSOLE, 1, bytes, sizeof(bytes));
	if (succeeded(command(DRIVER_CONSOLE, COMMAND_READ, sizeof(bytes), 0))) {
		command(DRIVER_CONSOLE, COMMAND_ABORT, 0, 0);
		counts->cancelled +=
		    yield_wait_for(DRIVER_CONSOLE, READ_DONE).argument1 == ERROR_CANCEL;
	}
	allow_read_write(DRIVER_CONSOLE, 1, 0, 0);
}

static void burst(struct counts *counts)
{
	for (uint32_t i = 0; i < BURST; i++) {
		debug_print(BURST_TAG);
	}
	counts->messages += BURST;
}

static void tell(const struct counts *counts)
{
	struct line line = LINE_EMPTY;

	line_text(&line, "churn_writer: an hour, lines ");
	line_decimal(&line, counts->lines);
	line_text(&line, ", wrong ");
	line_decimal(&line, counts->wrong);
	line_text(&line, ", withdrawn ");
	line_decimal(&line, counts->withdrawn);
	line_text(&line, ", cancelled ");
	line_decimal(&line, counts->cancelled);
	line_text(&line, ", messages ");
	line_decimal(&line, counts->messages);
	line_text(&line, ", free ");
	line_decimal(&line, free_memory());
	line_character(&line, '\n');
	line_print(&line);
}

int main(void)
{
	struct counts counts = {0};
	uint32_t beat_ticks = alarm_ticks(BEAT_MS);
	uint32_t moment = alarm_now();

	debug_alert(0);
	alarm_sleep_ms(1);
	print_text("churn_writer: begins\n");
	line_print_number("churn_writer: free", free_memory());
	for (uint32_t beat = 1;; beat++) {
		moment = alarm_sleep_from(moment, beat_ticks);
		write_line(&counts, beat);
		if (beat % WITHDRAW_EVERY == 0) {
			withdraw(&counts);
		}
		if (beat % READ_EVERY == 0) {
			read_nothing(&counts);
		}
		if (beat % BURST_EVERY == 0) {
			burst(&counts);
		}
		if (beat % BEATS_PER_HOUR == BEATS_PER_HOUR - 1) {
			tell(&counts);
		}
	}
}
