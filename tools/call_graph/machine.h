#pragma once

#include <tools/call_graph/frames.h>

/* What an architecture's assembly does with the kernel's stack: its entry_points.txt.
 *
 *   entry NAME FUNCTION BYTES [ONLY]  assembly calls FUNCTION with BYTES of the stack in use; of the
 *                                     functions that FUNCTION calls only ONLY runs on this occasion
 *   nested NAME FUNCTION BYTES [ONLY] the same, but an exception that may come while an entry runs,
 *                                     on top of its stack
 *   abrupt NAME FUNCTION BYTES [ONLY] the same, but on a stack that is emptied: it never returns
 *   helper FUNCTION BYTES             C calls FUNCTION, which is not C, and calls no C itself
 *
 * NAME is for the report, with '_' for blanks. '#' begins a comment. */

struct entry {
	const char *name;
	const char *function;
	uint32_t bytes;
	const char *only; /* NULL: all that FUNCTION calls */
	bool is_nested;
	bool is_abrupt;
};

struct machine {
	const char *path;
	LIST(struct entry) entries;
	LIST(struct helper) helpers;
};

void machine_read(struct machine *machine, const char *path);

/* Refuses an object of assembly that mentions a function of C (`is_function` says which) that is no
 * entry. */
void machine_check(const struct machine *machine, const char *object,
		   bool (*is_function)(const void *with, const char *name), const void *with);
