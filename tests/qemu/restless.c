#include "restless.h"

enum {
	RUNS_TO_TELL = 1000
};

static void restless_run(struct restless *self)
{
	if (++self->runs == RUNS_TO_TELL) {
		panic_writer_write(self->writer, SPAN_OF_TEXT("restless ran 1000 times\r\n"));
	}
	deferred_call_set(&self->deferred);
}

DEFERRED_CALL_IMPLEMENT(restless, struct restless, deferred, .run = restless_run);

void restless_init(struct restless *self, struct panic_writer *writer)
{
	self->writer = writer;
	deferred_call_bind(&self->deferred, &restless_deferred_call_operations);
	deferred_call_set(&self->deferred);
}
