#include "lines.h"
#include <alarm.h>
#include <console.h>

/* Longer than any buffer of the console's driver, so that a line travels in pieces and there is
 * something to keep together. */
enum {
	LINES = 20,
	LENGTH = 150, /* of a line, with its newline */
	PAUSE_MS = 20,
};

static void line_make(char *line, char letter, uint32_t number)
{
	for (uint32_t i = 0; i < LENGTH; i++) {
		line[i] = letter;
	}
	line[1] = (char)('0' + number / 10);
	line[2] = (char)('0' + number % 10);
	line[3] = ' ';
	line[LENGTH - 1] = '\n';
}

void lines_write(char letter)
{
	char line[LENGTH];

	for (uint32_t number = 0; number < LINES; number++) {
		line_make(line, letter, number);
		console_write(line, LENGTH);
		alarm_sleep_ms(PAUSE_MS);
	}
}
