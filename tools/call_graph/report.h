#pragma once

#include <stdio.h>
#include <tools/call_graph/checks.h>
#include <tools/call_graph/machine.h>
#include <tools/call_graph/stack.h>

/* The stack that each way into the kernel needs, and what the build prints about it. */

struct demand {
	const struct entry *entry;
	uint32_t state; /* of the entry's function */
	uint32_t bytes; /* in all */
};

struct demands {
	LIST(struct demand) list;
	uint32_t worst;  /* of the entries, an index */
	uint32_t nested; /* the worst of those that come on top, or NONE */
	uint32_t bytes;  /* of both together */
};

struct demands demands_of(const struct machine *machine, struct stack *stack,
			  const number_list *roots);

void report_write(FILE *file, const char *board, const struct demands *demands,
		  const struct stack *stack, const struct interfaces *interfaces,
		  const struct checked *checked);
