/* What the process console can be asked.
 *
 * An answer is made row by row, each when the one before has gone out; of what has been told only the number of the
 * next row is remembered. A command for processes of one name acts on a process when its row comes. */

#include <capsules/line_words.h>
#include <capsules/memory_map.h>
#include <capsules/process_console_commands.h>
#include <capsules/process_console_completion.h>
#include <capsules/process_console_stats.h>
#include <capsules/process_console_table.h>
#include <capsules/process_overview.h>
#include <capsules/process_words.h>
#include <kernel/panic_reporter.h>

static const struct read_span names[COMMANDS_NAMED] = {
    [COMMAND_HELP] = SPAN_OF_TEXT("help"),
    [COMMAND_STATUS] = SPAN_OF_TEXT("status"),
    [COMMAND_LIST] = SPAN_OF_TEXT("list"),
    [COMMAND_STOP] = SPAN_OF_TEXT("stop"),
    [COMMAND_START] = SPAN_OF_TEXT("start"),
    [COMMAND_FAULT] = SPAN_OF_TEXT("fault"),
    [COMMAND_BOOT] = SPAN_OF_TEXT("boot"),
    [COMMAND_TERMINATE] = SPAN_OF_TEXT("terminate"),
    [COMMAND_PROCESS] = SPAN_OF_TEXT("process"),
    [COMMAND_KERNEL] = SPAN_OF_TEXT("kernel"),
    [COMMAND_RESET] = SPAN_OF_TEXT("reset"),
    [COMMAND_PANIC] = SPAN_OF_TEXT("panic"),
    [COMMAND_CONSOLE_START] = SPAN_OF_TEXT("console-start"),
    [COMMAND_CONSOLE_STOP] = SPAN_OF_TEXT("console-stop"),
    [COMMAND_STATS] = SPAN_OF_TEXT("stats"),
};

KEEP struct read_span process_console_commands_name(uint32_t command)
{
	return names[command];
}

enum process_console_command process_console_commands_find(const struct process_console *self)
{
	if (line_words_is_blank(&self->editor)) {
		return COMMAND_NONE;
	}
	for (uint32_t i = 0; i < COMMANDS_NAMED; i++) {
		if (line_words_begin_with(&self->editor, names[i])) {
			return self->is_stopped && i != COMMAND_CONSOLE_START ? COMMAND_NONE : i;
		}
	}
	return self->is_stopped ? COMMAND_NONE : COMMAND_UNKNOWN;
}

/* The row to be made now; the one behind it is next. */
static uint16_t take_row(struct process_console *self)
{
	uint16_t row = self->row;

	self->row = row + 1;
	return row;
}

/* Answers of one row. */
static bool end_with_row(struct process_console *self)
{
	self->row = PROCESS_CONSOLE_ROW_END;
	return true;
}

static bool add_commands(struct process_console *self)
{
	text_add(&self->line, SPAN_OF_TEXT("Valid commands are:"));
	for (uint32_t i = 0; i < COMMANDS_NAMED; i++) {
		text_add_char(&self->line, ' ');
		text_add(&self->line, names[i]);
	}
	return end_with_row(self);
}

static bool add_help(struct process_console *self)
{
	text_add(&self->line, SPAN_OF_TEXT("Welcome to the process console.\r\n"));
	return add_commands(self);
}

bool process_console_commands_next(struct process_console *self, bool is_named,
				   struct process_description *process)
{
	for (uint32_t slot = self->row; slot < process_slots(); slot++) {
		if (process_describe(slot, self->inspect, process) &&
		    (!is_named || line_words_argument_is(&self->editor, process->name))) {
			self->row = (uint16_t)(slot + 1);
			self->is_found = true;
			return true;
		}
	}
	return false;
}

static bool add_not_found(struct process_console *self)
{
	if (self->is_found) {
		return false;
	}
	if (line_words_has_argument(&self->editor)) {
		text_add(&self->line, SPAN_OF_TEXT("No process is called "));
		line_words_add_argument(&self->editor, &self->line);
	} else {
		text_add(&self->line, SPAN_OF_TEXT("Which process?"));
	}
	return end_with_row(self);
}

static bool add_list(struct process_console *self)
{
	struct process_description process = {0};

	if (!self->is_found) {
		self->is_found = true;
		process_console_table_add_head(&self->line);
		return true;
	}
	if (!process_console_commands_next(self, false, &process)) {
		return false;
	}
	process_console_table_add_row(&self->line, &process);
	return true;
}

/* Processes that are alive and not stopped. */
static uint32_t count_active(const struct process_console *self)
{
	struct process_description process = {0};
	uint32_t count = 0;

	for (uint32_t slot = 0; slot < process_slots(); slot++) {
		if (process_describe(slot, self->inspect, &process) &&
		    process.state < PROCESS_FAULTED && !process.is_stopped) {
			count++;
		}
	}
	return count;
}

static bool add_status(struct process_console *self)
{
	struct kernel_statistics statistics = {0};

	kernel_statistics_read(self->inspect, &statistics);
	text_format_3(&self->line,
		      SPAN_OF_TEXT("Total processes: {}\r\nActive processes: {}\r\n"
				   "Timeslice expirations: {}"),
		      statistics.processes, count_active(self), statistics.slices_expired);
	return end_with_row(self);
}

/* Does what the command says. */
static enum error_code act(struct process_console *self, struct process_id id)
{
	switch (self->command) {
	case COMMAND_STOP:
		return process_stop(id, self->control);
	case COMMAND_START:
		return process_resume(id, self->control);
	case COMMAND_FAULT:
		return process_make_fault(id, self->control);
	default:
		return process_terminate(id, self->control);
	}
}

/* The commands that act stand together. */
static const struct read_span words_when_done[] = {
    [COMMAND_STOP - COMMAND_STOP] = SPAN_OF_TEXT("Process {n32} stopped"),
    [COMMAND_START - COMMAND_STOP] = SPAN_OF_TEXT("Process {n32} resumed."),
    [COMMAND_FAULT - COMMAND_STOP] = SPAN_OF_TEXT("Process {n32} now faulted"),
    [COMMAND_TERMINATE - COMMAND_STOP] = SPAN_OF_TEXT("Process {n32} terminated"),
};

/* What was so already is as good as done; what cannot be is answered with the state. */
static bool add_action(struct process_console *self)
{
	struct process_description process = {0};

	if (!process_console_commands_next(self, true, &process)) {
		return add_not_found(self);
	}

	enum error_code status = act(self, process.id);

	if (status == ERROR_NONE || status == ERROR_ALREADY) {
		process_words_add(&self->line, words_when_done[self->command - COMMAND_STOP],
				  &process);
	} else {
		process_words_add(&self->line, SPAN_OF_TEXT("Process {n32} is "), &process);
		process_overview_add_state(&self->line, &process);
	}
	return true;
}

static bool add_boot(struct process_console *self)
{
	struct process_description process = {0};

	for (uint32_t i = 0;
	     i < process_slots() && process_console_commands_next(self, true, &process); i++) {
		(void)process_boot(process.id, self->control);
	}
	return add_not_found(self);
}

static bool add_process(struct process_console *self)
{
	struct process_description process = {0};
	uint16_t row = self->row;

	self->row = 0;
	if (!process_console_commands_next(self, true, &process)) {
		return add_not_found(self);
	}
	self->row = row + 1;
	return process_overview_add_row(&self->line, &process, row);
}

static bool add_kernel(struct process_console *self)
{
	struct text_numbers version = {2, {KERNEL_MAJOR, KERNEL_MINOR}};
	uint16_t row = take_row(self);

	if (row > 0) {
		return memory_map_add_kernel_row(&self->line, self->kernel, row - 1u);
	}
	text_format(&self->line, SPAN_OF_TEXT("Kernel version: {}.{} (build {n32})"), self->build,
		    &version);
	return true;
}

static bool add_reset(struct process_console *self)
{
	struct system_reset *reset = self->reset;

	if (reset != NULL) {
		system_reset_now(reset);
	}
	text_add(&self->line, SPAN_OF_TEXT("Reset function is not implemented"));
	return end_with_row(self);
}

static bool add_console_stop(struct process_console *self)
{
	if (take_row(self) == 0) {
		text_add(&self->line, SPAN_OF_TEXT("Disabling the process console.\r\n"
						   "Run console-start to reactivate."));
		return true;
	}
	self->is_stopped = true;
	return false;
}

bool process_console_commands_add_row(struct process_console *self)
{
	if (self->row == PROCESS_CONSOLE_ROW_END) {
		return false;
	}
	switch (self->command) {
	case COMMAND_HELP:
		return add_help(self);
	case COMMAND_STATUS:
		return add_status(self);
	case COMMAND_LIST:
		return add_list(self);
	case COMMAND_STATS:
		return process_console_stats_add_row(self);
	case COMMAND_STOP:
	case COMMAND_START:
	case COMMAND_FAULT:
	case COMMAND_TERMINATE:
		return add_action(self);
	case COMMAND_BOOT:
		return add_boot(self);
	case COMMAND_PROCESS:
		return add_process(self);
	case COMMAND_KERNEL:
		return add_kernel(self);
	case COMMAND_RESET:
		return add_reset(self);
	case COMMAND_PANIC:
		kernel_panic_request(SPAN_OF_TEXT("Process Console forced a kernel panic."),
				     self->control);
		return false;
	case COMMAND_CONSOLE_START:
		self->is_stopped = false;
		return false;
	case COMMAND_CONSOLE_STOP:
		return add_console_stop(self);
	case COMMAND_CANDIDATES:
		return process_console_completion_add_row(self);
	default:
		return add_commands(self);
	}
}
