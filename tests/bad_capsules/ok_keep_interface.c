/* Keeps what the interface says may be kept.
 *
 * EXPECT: accept
 */

#include "bad.h"
#include <hil/debug_log.h>

struct own_log {
	struct debug_log log;
	struct read_span last;
};

static void bad_put(struct own_log *self, struct read_span words KEEP, uint32_t value1,
		    uint32_t value2)
{
	(void)value1;
	(void)value2;
	self->last = words;
}

static uint32_t bad_lost(struct own_log *self)
{
	return read_span_length(self->last);
}

DEBUG_LOG_IMPLEMENT(bad_log, struct own_log, log, .put = bad_put, .lost = bad_lost);

static void bad_f(struct own_log *self)
{
	debug_log_bind(&self->log, &bad_log_debug_log_operations);
}
