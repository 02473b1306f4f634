#pragma once

#include <kernel/capsule.h>
#include <kernel/panic_writer.h>

/* A capsule whose deferred call sets itself again each time it runs, and says so once. */
struct restless {
	struct deferred_call deferred;
	struct panic_writer *writer;
	uint32_t runs;
};

void restless_init(struct restless *self, struct panic_writer *writer);
