#pragma once

#include <capsules/process_console.h>

/* Adds the next row of the answer to `stats`: a table of what processes use; "12.345 s since the start, 98.7 % asleep" and
 * how often the processor woke, without a clock how often only; what the debug log lost. False: there is no more. */
bool process_console_stats_add_row(struct process_console *self);
