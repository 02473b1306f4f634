#include <console.h>
#include <line.h>

/* One write at a time per process: the slot shared with the driver is the state. A buffer is taken
 * back as soon as its transfer has ended, so that no buffer on the stack stays shared. */

enum {
	COMMAND_WRITE = 1,
	COMMAND_READ = 2,
	COMMAND_ABORT_READ = 3,
	WRITE_SLOT = 1,
	READ_SLOT = 1,
	WRITE_DONE = 1,
	READ_DONE = 2,
};

static enum error_code write_begin(const void *bytes, uint32_t length)
{
	enum error_code error =
	    error_of(allow_read_only(DRIVER_CONSOLE, WRITE_SLOT, bytes, length));

	if (error != ERROR_NONE) {
		return error;
	}
	error = error_of(command(DRIVER_CONSOLE, COMMAND_WRITE, length, 0));
	if (error != ERROR_NONE) {
		allow_read_only(DRIVER_CONSOLE, WRITE_SLOT, 0, 0);
	}
	return error;
}

enum error_code console_write_start(const void *bytes, uint32_t length, upcall_function *done,
				    uint32_t data)
{
	enum error_code error = error_of(subscribe(DRIVER_CONSOLE, WRITE_DONE, done, data));

	return error == ERROR_NONE ? write_begin(bytes, length) : error;
}

uint32_t console_write_wait(void)
{
	uint32_t written = yield_wait_for(DRIVER_CONSOLE, WRITE_DONE).argument1;

	allow_read_only(DRIVER_CONSOLE, WRITE_SLOT, 0, 0);
	return written;
}

uint32_t console_write(const void *bytes, uint32_t length)
{
	if (write_begin(bytes, length) != ERROR_NONE) {
		return 0;
	}
	return console_write_wait();
}

static enum error_code read_begin(void *bytes, uint32_t length)
{
	enum error_code error =
	    error_of(allow_read_write(DRIVER_CONSOLE, READ_SLOT, bytes, length));

	if (error != ERROR_NONE) {
		return error;
	}
	error = error_of(command(DRIVER_CONSOLE, COMMAND_READ, length, 0));
	if (error != ERROR_NONE) {
		allow_read_write(DRIVER_CONSOLE, READ_SLOT, 0, 0);
	}
	return error;
}

enum error_code console_read_start(void *bytes, uint32_t length, upcall_function *done,
				   uint32_t data)
{
	enum error_code error = error_of(subscribe(DRIVER_CONSOLE, READ_DONE, done, data));

	return error == ERROR_NONE ? read_begin(bytes, length) : error;
}

void console_read_abort(void)
{
	command(DRIVER_CONSOLE, COMMAND_ABORT_READ, 0, 0);
}

uint32_t console_read_wait(void)
{
	uint32_t count = yield_wait_for(DRIVER_CONSOLE, READ_DONE).argument2;

	allow_read_write(DRIVER_CONSOLE, READ_SLOT, 0, 0);
	return count;
}

uint32_t console_read(void *bytes, uint32_t length)
{
	if (read_begin(bytes, length) != ERROR_NONE) {
		return 0;
	}
	return console_read_wait();
}

void print_text(const char *text)
{
	uint32_t length = 0;

	while (text[length] != '\0') {
		length++;
	}
	console_write(text, length);
}

void print_hex(uint32_t number)
{
	struct line line = LINE_EMPTY;

	line_hex(&line, number);
	line_print(&line);
}

void print_decimal(uint32_t number)
{
	struct line line = LINE_EMPTY;

	line_decimal(&line, number);
	line_print(&line);
}
