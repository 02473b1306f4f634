#pragma once

#include <capsules/process_console.h>

/* Completes the word before the cursor, or makes a list of what it could become the next answer. */
void process_console_completion_begin(struct process_console *self);

/* Adds the row of that answer, the only one. */
bool process_console_completion_add_row(struct process_console *self);
