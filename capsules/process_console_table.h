#pragma once

#include <capsules/text.h>

/* The tables of the process console, one line at a time, without its end. */

/* The head, and the row of a process, of the command `list`. */
void process_console_table_add_list_head(struct text *line);
void process_console_table_add_list_row(struct text *line,
					const struct process_description *process);

/* The same of `stats`. */
void process_console_table_add_stats_head(struct text *line);
void process_console_table_add_stats_row(struct text *line,
					 const struct process_description *process,
					 const struct kernel_statistics *statistics);

/* "12.345 s since the start, asleep 98.7 %" and how often; without a clock how often only. */
void process_console_table_add_times(struct text *line, const struct kernel_statistics *statistics);
