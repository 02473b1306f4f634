/* The table of processes. Columns are those of Tock's. */

#include <capsules/process_console_table.h>
#include <capsules/process_overview.h>
#include <capsules/process_words.h>

void process_console_table_add_head(struct text *line)
{
	text_add(line,
		 SPAN_OF_TEXT(" PID    ShortID    Name                Quanta  Syscalls  Restarts"
			      "  Grants  State"));
}

void process_console_table_add_row(struct text *line, const struct process_description *process)
{
	process_words_add(line,
			  process->short_id == 0 ? SPAN_OF_TEXT(" {a}{t8}Unique")
						 : SPAN_OF_TEXT(" {a}{t8}{bx}"),
			  process);
	process_words_add(line, SPAN_OF_TEXT("{t19}{n32}{t39}{c6}{d10}{e10}{f4}/{g2}   "), process);
	process_overview_add_state(line, process);
}
