#pragma once

#include <tools/call_graph/contexts.h>
#include <tools/call_graph/machine.h>

/* Which pointers are there when a board's main calls kernel_start(). */

/* A pointer that is read on the way before it is there, and is not NULLABLE. */
struct early_read {
	uint32_t place; /* a location */
	LLVMValueRef instruction;
	const char *function;
};

struct known_start {
	uint32_t known;  /* where a pointer is; ask known_has() */
	uint32_t module; /* of who calls kernel_start() */
	LIST(struct early_read) early;
};

/* Whether a location holds a pointer that is not NULL, on every way there. */
bool known_has(const struct memory *memory, uint32_t known, uint32_t location);

/* False: the image has no kernel_start(). Refuses one that the entry "boot" does not lead to. */
bool known_at_start(struct known_start *start, const struct machine *machine,
		    struct contexts *contexts, const number_list *roots);
