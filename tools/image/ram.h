#pragma once

#include <tools/image/application.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Which application gets which RAM. The kernel walks flash upwards and gives each application the
 * next RAM that its memory protection can express, or the RAM at the address the application is
 * fixed to, which must not lie below what is taken already (kernel/loader.c). Here the same is done
 * beforehand, with the kernel's own arithmetic, and who can be placed anywhere is fixed to what comes
 * out.
 *
 *   M1  The kernel finds every application that it loads the RAM planned here. What it does not load
 *       (a credential it does not accept, a short id that is taken) leaves its RAM unused.
 *   M2  An application that is disabled or has no program takes no RAM. */

struct ram {
	bool is_arm;
	uint64_t start;
	uint64_t end;
	uint64_t
	    kernel_part; /* bytes that the kernel keeps of each process's RAM, at the top of it */
};

/* Why RAM cannot be planned. */
struct ram_conflict {
	const struct application *application;
	uint64_t free_from; /* the lowest RAM that is left for it */
	bool is_below;      /* it is fixed to RAM below that */
	uint64_t
	    could_start; /* it is fixed to RAM where its protection cannot begin, but here; 0: there
				 is too little */
};

/* Plans RAM for `count` applications, in the order they have in flash. False: `conflict` says why. */
bool ram_plan(const struct ram *ram, struct application *const *placed, size_t count,
	      struct ram_conflict *conflict);
