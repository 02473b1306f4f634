#include "commands.h"

#include <console.h>
#include <event_loop.h>
#include <stack.h>
#include <stdbool.h>

/* A line editor over the console, one byte at a time. Each byte arrives as an upcall, and the next read begins before it is
 * echoed: who waits for the echo loses nothing. A whole line is run as a task, because a command may wait for
 * something. */

enum {
	LINE_BYTES = 64,
	BACKSPACE = 0x08,
	DELETE = 0x7F,
};

static char line[LINE_BYTES];
static uint32_t length;
static char typed;
static struct task line_task, read_task;

static void read_next(void *data);

static void prompt(void)
{
	length = 0;
	print_text("shell> ");
}

static void line_entered(void *data)
{
	(void)data;
	print_text("\n");
	line[length] = '\0';
	command_run(line);
	prompt();
}

static void edit(char character)
{
	if (character == BACKSPACE || character == DELETE) {
		if (length > 0) {
			length--;
			print_text("\b \b");
		}
	} else if (character >= ' ' && length < LINE_BYTES - 1) {
		line[length++] = character;
		console_write(&character, 1);
	}
}

static void byte_came(uint32_t status, uint32_t bytes, uint32_t unused, uint32_t data)
{
	char byte = typed;

	(void)status, (void)unused, (void)data;
	read_next(0);
	if (bytes == 1 && (byte == '\r' || byte == '\n')) {
		task_post(&line_task, line_entered, 0);
	} else if (bytes == 1) {
		edit(byte);
	}
}

/* Another process may be reading, which is no reason to give up. */
static void read_next(void *data)
{
	(void)data;
	if (console_read_start(&typed, 1, byte_came, 0) != ERROR_NONE) {
		task_post(&read_task, read_next, 0);
	}
}

int main(void)
{
	stack_paint();
	print_text("shell: help lists the commands\n");
	read_next(0);
	prompt();
	event_loop();
}
