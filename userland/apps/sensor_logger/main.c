#include <clock.h>
#include <completion.h>
#include <console.h>
#include <event_loop.h>
#include <line.h>
#include <stdbool.h>
#include <stddef.h>
#include <temperature.h>
#include <timer.h>

/* A logger: measures the temperature at a steady rate, keeps the last samples in a ring, and writes a line for every few. It lives
 * by events: the timer's starts a measurement, whose end is the next event; a key asks for the ring. */

enum {
	PERIOD_MS = 100,
	SAMPLES_A_LINE = 10,
	SAMPLES_KEPT = 32,
	SAMPLES_A_ROW = 8, /* of the list */
};

static int32_t ring[SAMPLES_KEPT]; /* hundredths of a degree; sample N is at N % SAMPLES_KEPT */
static uint32_t samples, lost;
static bool is_silent; /* the sensor, at the last measurement */
static struct timer sample_timer;
static struct task list_task;
static char typed;

static int32_t sample(uint32_t number)
{
	return ring[number % SAMPLES_KEPT];
}

static void line_temperature(struct line *line, int32_t hundredths)
{
	uint32_t size = (uint32_t)(hundredths < 0 ? -hundredths : hundredths);

	if (hundredths < 0) {
		line_character(line, '-');
	}
	line_decimal(line, size / 100);
	line_character(line, '.');
	line_character(line, (char)('0' + size / 10 % 10));
	line_character(line, (char)('0' + size % 10));
}

/* Of the last samples, to the nearest hundredth. */
static int32_t mean(uint32_t count)
{
	int32_t sum = 0;

	for (uint32_t i = samples - count; i < samples; i++) {
		sum += sample(i);
	}
	return (sum + (sum < 0 ? -(int32_t)count : (int32_t)count) / 2) / (int32_t)count;
}

static void print_summary(void)
{
	struct line line = LINE_EMPTY;
	uint32_t first = samples - SAMPLES_A_LINE;
	int32_t least = sample(first);
	int32_t most = least;

	for (uint32_t i = first; i < samples; i++) {
		least = sample(i) < least ? sample(i) : least;
		most = sample(i) > most ? sample(i) : most;
	}
	line_text(&line, "sensor_logger: samples ");
	line_decimal(&line, first + 1);
	line_text(&line, " to ");
	line_decimal(&line, samples);
	line_text(&line, ": least ");
	line_temperature(&line, least);
	line_text(&line, ", mean ");
	line_temperature(&line, mean(SAMPLES_A_LINE));
	line_text(&line, ", most ");
	line_temperature(&line, most);
	line_text(&line, " C\n");
	line_print(&line);
}

static void print_row(uint32_t first, uint32_t end)
{
	struct line line = LINE_EMPTY;

	line_text(&line, "sensor_logger: from ");
	line_decimal(&line, first + 1);
	line_character(&line, ':');
	for (uint32_t i = first; i < end; i++) {
		line_character(&line, ' ');
		line_temperature(&line, sample(i));
	}
	line_character(&line, '\n');
	line_print(&line);
}

static void print_list(void *data)
{
	struct line line = LINE_EMPTY;
	uint32_t end = samples;

	(void)data;
	for (uint32_t i = end > SAMPLES_KEPT ? end - SAMPLES_KEPT : 0; i < end;
	     i += SAMPLES_A_ROW) {
		print_row(i, i + SAMPLES_A_ROW < end ? i + SAMPLES_A_ROW : end);
	}
	line_text(&line, "sensor_logger: ");
	line_decimal(&line, end);
	line_text(&line, " samples, ");
	line_decimal(&line, lost);
	line_text(&line, " lost\n");
	line_print(&line);
}

/* Said once, and once more when it has passed. */
static void silence_begins(enum error_code error)
{
	struct line line = LINE_EMPTY;

	is_silent = true;
	line_text(&line, "sensor_logger: the sensor does not answer (");
	line_text(&line, error_name(error));
	line_text(&line, ")\n");
	line_print(&line);
}

static void silence_ends(void)
{
	is_silent = false;
	print_text("sensor_logger: the sensor answers again\n");
}

static void sample_lost(enum error_code error)
{
	lost++;
	if (!is_silent) {
		silence_begins(error);
	}
}

static void sample_came(uint32_t hundredths, uint32_t error, uint32_t unused, uint32_t data)
{
	(void)unused, (void)data;
	if (error != ERROR_NONE) {
		sample_lost((enum error_code)error);
		return;
	}
	if (is_silent) {
		silence_ends();
	}
	ring[samples % SAMPLES_KEPT] = (int32_t)hundredths;
	samples++;
	if (samples % SAMPLES_A_LINE == 0) {
		print_summary();
	}
}

static void take_sample(struct timer *timer, void *data)
{
	enum error_code error = temperature_start(sample_came, 0);

	(void)timer, (void)data;
	if (error != ERROR_NONE) {
		sample_lost(error);
	}
}

static void read_next(void);

static void key_came(uint32_t status, uint32_t bytes, uint32_t unused, uint32_t data)
{
	(void)status, (void)unused, (void)data;
	if (bytes == 1 && typed == 'l') {
		task_post(&list_task, print_list, NULL);
	}
	read_next();
}

/* Without the console, because another process reads it, the log goes on all the same. */
static void read_next(void)
{
	if (console_read_start(&typed, 1, key_came, 0) == ERROR_BUSY) {
		print_text("sensor_logger: another application has the keyboard\n");
	}
}

/* Here it can wait. */
static void greet(void)
{
	struct line line = LINE_EMPTY;
	int32_t hundredths;
	enum error_code error = temperature_read(&hundredths);

	line_text(&line, "sensor_logger: ");
	if (error == ERROR_NONE) {
		line_temperature(&line, hundredths);
		line_text(&line, " C; ");
	}
	line_text(&line, "ten samples a second, l lists the last 32\n");
	line_print(&line);
	if (error != ERROR_NONE) {
		silence_begins(error);
	}
}

int main(void)
{
	if (!temperature_is_there()) {
		print_text("sensor_logger: this board has no temperature sensor\n");
		return completion_of(ERROR_NODEVICE);
	}
	greet();
	timer_start_periodic(&sample_timer, clock_ticks(PERIOD_MS), take_sample, NULL);
	read_next();
	event_loop();
}
