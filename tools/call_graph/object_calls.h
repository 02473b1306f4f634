#pragma once

#include <stdbool.h>
#include <stdint.h>

/* What an object itself says: the functions it holds, and, by its relocations, the calls that their
 * instructions make to other objects or other sections. */
struct object_listener {
	void *with;
	void (*function)(void *with, const char *name);
	/* `caller` is "" when the call is outside every function. */
	void (*call)(void *with, const char *caller, const char *callee);
	bool tell_all; /* all mentions of what is not in the object count as calls */
};

void object_calls_read(const char *path, const struct object_listener *listener);

struct frame_listener {
	void *with;
	void (*frame)(void *with, const char *function, uint32_t bytes);
};

/* Tells the frame of each function, if clang noted them (-fstack-size-section); false if not. */
bool object_frames_read(const char *path, const struct frame_listener *listener);
