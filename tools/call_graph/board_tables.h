#pragma once

#include <tools/call_graph/memory.h>

/* What a board's `struct board` lists: drivers by number, handlers by interrupt line, and the few
 * instances that the kernel itself uses. */

struct listing {
	uint32_t location;     /* of the interface */
	const char *interface; /* "driver" */
	const char *role;      /* "driver 0x1", "interrupt line 5", "panic writer of the kernel" */
};

struct board_tables {
	LLVMValueRef board; /* the variable; NULL: there is none */
	uint32_t module;    /* that it is defined in */
	LIST(struct listing) listings;
};

void board_tables_read(struct board_tables *tables, struct memory *memory);
