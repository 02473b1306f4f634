#pragma once

#include <tools/image/application.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Which application lies where in the flash for applications.
 *
 *   L1  Applications do not overlap and lie inside [start, end).
 *   L2  Between two neighbours, and before the first, there is no gap or one of at least 16 bytes,
 *       room for the header of a padding application.
 *   L3  Those with a given address get it or are refused. The others then go to the lowest place
 *       that fits; if they do not all fit in the order given, the largest are placed first.
 *   L4  On ARMv7-M an application that may run lies so that one MPU region covers exactly it; one
 *       that can be anywhere begins at a multiple of the power of two that holds it. On RV32 that
 *       is 0x1000, or when there is no such place, 4. */

enum architecture {
	ARCHITECTURE_ARMV7M,
	ARCHITECTURE_RV32,
};

struct layout {
	enum architecture architecture;
	uint64_t start;
	uint64_t end;
	struct application **placed; /* by address */
	size_t count;
};

/* Places all of `applications`, or refuses. `layout` comes with its first three fields set. `raw`
 * does without L4. */
void layout_place(struct layout *layout, struct application *applications, size_t count, bool raw);

void layout_release(struct layout *layout);

/* Where application `index` may begin at the earliest: the end of the one before. */
uint64_t layout_gap_start(const struct layout *layout, size_t index);

/* The end of the last application. */
uint64_t layout_end(const struct layout *layout);
