#pragma once

#include <tools/image/application.h>
#include <tools/image/ram.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Which application lies where in the flash for applications.
 *
 *   L1  Applications do not overlap and lie inside [start, end).
 *   L2  Between two neighbours, and before the first, there is no gap or one of at least 16 bytes,
 *       room for the header of a padding application.
 *   L3  Those with a given address get it or are refused. The others then go where they end lowest
 *       in the lowest gap that takes them; if they do not all fit in the order given, the largest
 *       are placed first.
 *   L4  On ARMv7-M an application that may run lies so that one MPU region covers exactly it: one
 *       with a relocation table is made as large as that takes; another that can be anywhere begins
 *       at a multiple of the power of two that holds it. On RV32 any multiple of 4 will do; what
 *       has no relocation table and can be anywhere begins at one of 0x1000 if possible.
 *   L5  When the kernel's RAM for processes is known, every application gets RAM by ram.h; a place
 *       in flash that leaves one without is none.
 *   L6  Of an archive whose files are all linked for different addresses, the first is taken that is in
 *       nobody's way and leaves the others such a place too. */

enum architecture {
	ARCHITECTURE_ARMV7M,
	ARCHITECTURE_RV32,
};

struct layout {
	enum architecture architecture;
	uint64_t start;
	uint64_t end;
	struct ram *ram; /* NULL: not known */
	bool raw;        /* does without L4 and L5 */

	struct application *applications; /* all of them */
	size_t application_count;
	struct application **placed; /* by address */
	size_t count;
	struct application **movable; /* those without a given address */
	size_t movable_count;
};

/* Places all of `applications`, or refuses. The first five fields of `layout` are set. */
void layout_place(struct layout *layout, struct application *applications, size_t count);

void layout_release(struct layout *layout);

/* Where application `index` may begin at the earliest: the end of the one before. */
uint64_t layout_gap_start(const struct layout *layout, size_t index);

/* L4: what its address is a multiple of if it can be chosen. */
uint64_t layout_alignment(const struct layout *layout, const struct application *application);

/* The end of the last application. */
uint64_t layout_end(const struct layout *layout);
