#pragma once

#include <tools/call_graph/contexts.h>

/* Which functions implement which operation of which interface: those in a const table of type
 * struct NAME_operations. Operations that a client calls are *downcalls*; those of a client, and the
 * others that come from an interrupt, a deferred call or the kernel's own doing, are *callbacks*. */

enum direction {
	DIRECTION_NONE, /* no operation */
	DIRECTION_DOWN,
	DIRECTION_BACK,
};

struct operation {
	uint32_t function;
	const char *interface; /* "uart" */
	const char *slot;      /* "transmit" */
	enum direction direction;
};

struct interfaces {
	LIST(struct operation) operations;
	struct map by_function;
};

void interfaces_read(struct interfaces *interfaces, struct program *program);

/* NULL: the function implements none. */
const struct operation *interfaces_operation(const struct interfaces *interfaces,
					     uint32_t function);
