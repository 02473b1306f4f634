#pragma once

#include <capsules/text.h>

/* The table of the command `list`, one line at a time, without its end: the head, and the row of a process. */
void process_console_table_add_head(struct text *line);
void process_console_table_add_row(struct text *line, const struct process_description *process);
