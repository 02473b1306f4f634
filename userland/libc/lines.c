#include <clock.h>
#include <console.h>
#include <lines.h>
#include <stdbool.h>
#include <stdio.h>
#include <streams.h>

/* The read of the next byte begins before this one is echoed, and also when a line is complete: who waits for what he sees
 * before he types on, a prompt or an echo, loses nothing. */

enum {
	LINE_SIZE = 255, /* with the newline */
	AGAIN_MS = 20,

	END_OF_FILE = 0x04, /* Ctrl-D */
	BACKSPACE = 0x08,
	DELETE = 0x7F,
};

static unsigned char line[LINE_SIZE];
static uint32_t length, taken;
static unsigned char typed;
static bool is_reading;

/* ERROR_BUSY: another process reads. */
static enum error_code read_begin(void)
{
	enum error_code error = is_reading ? ERROR_NONE : console_read_start(&typed, 1, NULL, 0);

	is_reading = error == ERROR_NONE;
	return error;
}

/* Whether there is a byte. */
static bool read_wait(void)
{
	while (read_begin() == ERROR_BUSY) {
		clock_sleep_ms(AGAIN_MS);
	}
	if (!is_reading) {
		return false;
	}
	is_reading = false;
	return console_read_wait() == 1;
}

static void edit(unsigned char byte)
{
	if (byte == BACKSPACE || byte == DELETE) {
		if (length > 0) {
			length--;
			print_text("\b \b");
		}
	} else if (byte >= ' ' && length < LINE_SIZE - 1) {
		line[length++] = byte;
		console_write(&byte, 1);
	}
}

/* Whether there is a line, and not the end of the file. */
static bool line_read(void)
{
	length = 0;
	taken = 0;
	(void)streams_flush(); /* what was printed and cannot be shown keeps nobody from typing */
	while (read_wait()) {
		unsigned char byte = typed;

		(void)read_begin();
		if (byte == END_OF_FILE && length == 0) {
			return false;
		}
		if (byte == '\r' || byte == '\n') {
			line[length++] = '\n';
			print_text("\n");
			return true;
		}
		edit(byte);
	}
	return false;
}

static int line_byte(void)
{
	if (taken == length && !line_read()) {
		length = 0;
		return EOF;
	}
	return line[taken++];
}

void lines_begin(void)
{
	streams_set_source(line_byte);
}
