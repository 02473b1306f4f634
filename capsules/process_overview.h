#pragma once

#include <capsules/text.h>

/* What there is to know of a process, one line at a time:
 *
 *     App: blink   -   [Yielded]
 *      Events Queued: 0   Syscall Count: 61   Dropped Upcall Count: 0
 *      Restart Count: 0
 *      Last Syscall: Yield
 *      Completion Code: None
 *       memory map, ...
 *
 * and the rest of the map of memory_map.h. The words are those that tools for Tock look for.
 *
 * Adds line `row` (from 0), without its end; false when there is no such row. None is longer than 80 characters
 * but the first: with a long name up to PROCESS_OVERVIEW_LINE. */
enum {
	PROCESS_OVERVIEW_LINE = 132
};

bool process_overview_add_row(struct text *line, const struct process_description *process,
			      uint32_t row);

/* The state as Tock words it: "Running", "Stopped(Yielded)", "YieldedFor(UpcallId { driver_num: 0,
 * subscribe_num: 0 })". */
void process_overview_add_state(struct text *line, const struct process_description *process);
