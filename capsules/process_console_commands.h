#pragma once

#include <capsules/process_console.h>

/* What the process console can be asked, and the lines of its answers. */
enum process_console_command {
	COMMAND_HELP,
	COMMAND_STATUS,
	COMMAND_LIST,
	COMMAND_STOP,
	COMMAND_START,
	COMMAND_FAULT,
	COMMAND_BOOT,
	COMMAND_TERMINATE,
	COMMAND_PROCESS,
	COMMAND_KERNEL,
	COMMAND_RESET,
	COMMAND_PANIC,
	COMMAND_CONSOLE_START,
	COMMAND_CONSOLE_STOP,
	COMMAND_STATS,
	COMMANDS_NAMED,

	COMMAND_UNKNOWN = COMMANDS_NAMED,
	COMMAND_CANDIDATES, /* the words that the one before the cursor could become */
	COMMAND_NONE,
};

enum {
	PROCESS_CONSOLE_ROW_END =
	    UINT16_MAX, /* self->row behind an answer's last row; no answer is so long */
};

/* The command that the editor's line names. COMMAND_NONE: the line is blank, or the console is stopped. */
enum process_console_command process_console_commands_find(const struct process_console *self);

/* Adds row self->row of the answer to self->command, and moves self->row on. False: there is no more. Does what was
 * asked for when its row comes. */
bool process_console_commands_add_row(struct process_console *self);

/* The name of a command, below COMMANDS_NAMED. */
KEEP struct read_span process_console_commands_name(uint32_t command);

/* Describes the first process in or behind slot self->row, and moves that behind it; of those with the name that was
 * asked for, or of all. */
bool process_console_commands_next(struct process_console *self, bool is_named,
				   struct process_description *process);
