#pragma once

#include <capsules/kernel_memory.h>
#include <capsules/line_editor.h>
#include <hil/alarm.h>
#include <hil/debug_log.h>
#include <hil/uart.h>
#include <kernel/capsule.h>
#include <kernel/process_control.h>
#include <kernel/system_reset.h>

/* A shell for people, on a serial port, that looks at processes and changes their lives. What it prints is worded
 * as by Tock's process console, so that tools which know that one work.
 *
 *   C1  The prompt "tock$ " comes PROCESS_CONSOLE_DELAY_MS after the start, and after each command. What is typed
 *       is edited and echoed as line_editor.h says.
 *   C2  A command is known by what the line begins with, its argument is the second word. It is for all processes
 *       of that name, `process` for the first one. An unknown command gets the list of all.
 *   C3  The output of a command comes in one piece: it is held together by `more`.
 *   C4  What is typed during a command waits. When there is no room for more nothing is received until there is.
 *       (Where another port of the multiplexer receives then, the bytes are its alone.)
 *   C5  After console-stop there is no echo and no prompt, and every line but console-start is ignored.
 *   C6  Tab completes a command or the name of a process. If there are several ways to go on they are listed.
 *
 * Other ports of a multiplexer get the same input: an application that reads sees what is typed here.
 *
 * RAM: 26 words and the four buffers. */
enum {
	PROCESS_CONSOLE_DELAY_MS = 100,
	PROCESS_CONSOLE_LINE = LINE_EDITOR_ECHO, /* bytes that a line buffer must have */
};

struct process_console {
	struct uart_client client;
	struct alarm_client alarm_client;
	uint8_t command; /* enum process_console_command that is being answered, or NONE */
	uint16_t row;    /* of its answer, that comes next */
	bool is_found;   /* a process with the name that was asked for */
	bool is_stopped;
	bool wants_prompt;
	struct uart *uart;
	const struct kernel_memory *kernel;
	struct read_span build;
	const struct process_inspect_capability *inspect;
	const struct process_control_capability *control;
	struct system_reset *reset NULLABLE;
	struct debug_log *log NULLABLE;

	struct line_editor editor;
	struct text line;      /* its buffer is away while it goes out */
	struct buffer receive; /* away while the port receives */
	struct buffer typed;   /* a ring of bytes that wait */
	uint32_t typed_first;
	uint32_t typed_count;
};

/* Takes the buffers: for a line that goes out (PROCESS_CONSOLE_LINE bytes), for the history (LINE_EDITOR_ROW bytes
 * for each line, at least one), for bytes typed ahead, the first of which is where the port puts what it receives
 * (1 byte). */
struct process_console_buffers {
	struct buffer line;
	struct buffer history;
	struct buffer typed;
	struct buffer receive;
};

/* `kernel` and `build`, a name for this kernel, must live for ever. `log` and `reset` may be NULL: the board has
 * none. */
void process_console_init(struct process_console *self, struct uart *uart, struct alarm *alarm,
			  struct process_console_buffers *buffers, struct debug_log *log NULLABLE,
			  struct system_reset *reset NULLABLE);
void process_console_trust(struct process_console *self, const struct kernel_memory *kernel KEEP,
			   struct read_span build KEEP,
			   const struct process_inspect_capability *inspect,
			   const struct process_control_capability *control);
