#pragma once

#include <stdbool.h>
#include <tools/call_graph/list.h>
#include <tools/call_graph/map.h>

/* What the compiler that built the image says of each function it emitted: the bytes of its frame
 * and what it calls (gcc -fcallgraph-info=su,da, a file beside each object; clang -fstack-size-section,
 * the frame only), and, from the object itself, what else its instructions call (helpers that the
 * compiler calls on its own account; with clang, every call that is not through a pointer).
 *
 * An emitted function may hold others that were inlined into it, and may be a part or a variant of
 * the source's: `base` is the source's name, "debug_send" of "debug_send.part.0". */

struct emitted {
	const char *name;
	const char *base;
	const char *place; /* "capsules/console.c:68" */
	uint32_t object;   /* index of the file it is from */
	uint32_t frame;    /* bytes */
	bool calls_pointers;
	bool pointers_untold; /* the compiler does not say whether it does */
	number_list callees;  /* emitted */
	number_list used;     /* for each of them, whether the source accounts for it */
	bool pointers_used;
	bool visited;
};

struct object_file {
	const char *path;   /* "build/x/kernel/capsules/console.c.o" */
	const char *source; /* "capsules/console.c" */
	bool is_of_clang;
};

/* A function that is not C, from the architecture's table. */
struct helper {
	const char *name;
	uint32_t frame;
};

struct frames {
	/* In the order of the files given. */
	LIST(struct object_file) objects;
	LIST(struct emitted) functions;
	LIST(struct helper) helpers;
	LIST(struct helper) unresolved; /* private */
	struct map by_name;
};

/* Reads OBJECT, with its .ci file if it is of gcc. Refuses frames whose size is not constant. */
void frames_read(struct frames *frames, const char *object, const char *source);

/* When all are read: finds who each callee is. Refuses one whose frame nobody knows. */
void frames_link(struct frames *frames);

/* The function of this exact name in a file, or NONE. */
uint32_t frames_find(const struct frames *frames, uint32_t object, const char *name);
