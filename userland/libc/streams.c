#include <console.h>
#include <stdio.h>
#include <streams.h>

/* picolibc leaves its three streams to us. They are one, the console. */

enum {
	LINE_SIZE = 64
};

static char line[LINE_SIZE];
static uint32_t line_length;
static streams_source *source; /* NULL: the console, byte by byte */

int streams_flush(void)
{
	uint32_t length = line_length;

	if (length == 0) {
		return 0;
	}
	line_length = 0;
	return console_write(line, length) == length ? 0 : EOF;
}

static int put(char byte, FILE *stream)
{
	(void)stream;
	line[line_length++] = byte;
	if (byte != '\n' && line_length < LINE_SIZE) {
		return 0;
	}
	return streams_flush() == 0 ? 0 : _FDEV_ERR;
}

/* A question that is still in the buffer is shown before the answer is waited for. */
static int get(FILE *stream)
{
	unsigned char byte;
	int taken;

	(void)stream;
	if (source != NULL) {
		taken = source();
		return taken >= 0 ? taken : _FDEV_EOF;
	}
	if (streams_flush() != 0) {
		return _FDEV_ERR;
	}
	return console_read(&byte, 1) == 1 ? byte : _FDEV_EOF;
}

void streams_set_source(streams_source *function)
{
	source = function;
}

static int flush(FILE *stream)
{
	(void)stream;
	return streams_flush();
}

static FILE console = FDEV_SETUP_STREAM(put, get, flush, _FDEV_SETUP_RW);

FILE *const stdin = &console;
FILE *const stdout = &console;
FILE *const stderr = &console;
