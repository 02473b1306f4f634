/* Completion of the word before the cursor: of commands and of names of processes. */

#include <capsules/process_console_commands.h>
#include <capsules/process_console_completion.h>

enum {
	NAME_LIMIT = 32
};

/* A word that the one before the cursor could become. When it is completed it is offered to the editor, when
 * they are listed it is a part of the list. */
static void meet_candidate(struct process_console *self, struct read_span name)
{
	if (self->command != COMMAND_CANDIDATES) {
		line_editor_offer(&self->editor, name);
	} else if (line_editor_fits(&self->editor, name)) {
		text_add_foreign(&self->line, name, NAME_LIMIT);
		text_add(&self->line, SPAN_OF_TEXT("  "));
	}
}

static void meet_candidates(struct process_console *self, uint32_t word)
{
	struct process_description process = {0};

	for (uint32_t i = 0; i < COMMANDS_NAMED && word == 0; i++) {
		meet_candidate(self, process_console_commands_name(i));
	}
	for (uint32_t slot = 0; slot < process_slots() && word == 1; slot++) {
		if (process_describe(slot, self->inspect, &process)) {
			meet_candidate(self, process.name);
		}
	}
}

void process_console_completion_begin(struct process_console *self)
{
	meet_candidates(self, line_editor_complete_begin(&self->editor));
	if (!line_editor_complete_end(&self->editor, &self->line)) {
		self->command = COMMAND_CANDIDATES;
		self->row = 0;
	}
}

bool process_console_completion_add_row(struct process_console *self)
{
	text_add(&self->line, SPAN_OF_TEXT("\r\n"));
	meet_candidates(self, line_editor_complete_begin(&self->editor));
	self->row = PROCESS_CONSOLE_ROW_END;
	return true;
}
