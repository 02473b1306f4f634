#pragma once

#include <kernel/span.h>
#include <stdint.h>

/* Where the compiler's traps in capsules and chip drivers are, for the last words of a kernel that one
 * of them stopped. Made by tools/object_check/traps.py of the kernel as it is without this table, and linked behind
 * all of its code. */
struct trap_place {
	uint16_t offset;    /* of the trap, in half words from the start of the kernel's flash */
	uint16_t file_line; /* file << 11 | line */
};

extern const struct trap_place trap_places[];
extern const uint32_t trap_place_count;
extern const struct read_span trap_files[]; /* by file */
