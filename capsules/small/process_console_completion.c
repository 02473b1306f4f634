/* In place of capsules/process_console_completion.c, for boards whose line editor knows no Tab (small/line_editor.c). */

#include <capsules/process_console_completion.h>

void process_console_completion_begin(struct process_console *self)
{
	(void)self;
}

bool process_console_completion_add_row(struct process_console *self)
{
	(void)self;
	return false;
}
