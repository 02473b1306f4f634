/* Keeps what the interface only lends.
 *
 * EXPECT: refuse B6 "other words elsewhere"
 */

#include "bad.h"

struct bad_watch {
	struct observer observer;
	const struct load_result *last NULLABLE;
};

static void bad_loaded(struct bad_watch *self, const struct load_result *result KEEP)
{
	self->last = result;
}

static void bad_faulted(struct bad_watch *self, struct process_id id)
{
	(void)self;
	(void)id;
}

OBSERVER_IMPLEMENT(bad_watch, struct bad_watch, observer, .loaded = bad_loaded,
		   .faulted = bad_faulted);
