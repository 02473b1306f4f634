#pragma once

#include <stdbool.h>
#include <stddef.h>

/* The processors that bundles name, and which of them a board's can take the place of. */

enum processor_family {
	PROCESSOR_ARM,
	PROCESSOR_RISCV, /* 32 bits */
	PROCESSOR_OTHER,
};

enum processor_family processor_family(const char *name, size_t length);

/* How well code for the processor `name` suits our boards of that family: 0 best; negative: it does not
 * run there. */
int processor_rank(bool is_arm, const char *name, size_t length);

/* The list of those, for people. */
const char *processor_list(bool is_arm);
