/* In place of capsules/process_console_stats.c, for boards that have no flash for what Tock's process console has not
 * either. */

#include <capsules/process_console_commands.h>
#include <capsules/process_console_stats.h>

bool process_console_stats_add_row(struct process_console *self)
{
	text_add(&self->line, SPAN_OF_TEXT("not in this kernel"));
	self->row = PROCESS_CONSOLE_ROW_END;
	return true;
}
