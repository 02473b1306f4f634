/* A queue of calls that wait until the kernel is about to leave.
 *
 * A call that has run on this way out and is set again ends the queue for this time: whoever sets itself
 * again and again shares the processor with processes. */

#include "kernel.h"

void deferred_call_set(struct deferred_call *self)
{
	if (self->private_pending) {
		return;
	}
	self->private_pending = true;
	self->private_next = NULL;
	if (kernel.deferred_first == NULL) {
		kernel.deferred_first = self;
	} else {
		kernel.deferred_last->private_next = self;
	}
	kernel.deferred_last = self;
	kernel_attention |= ATTENTION_DEFERRED_CALL;
}

void deferred_calls_run(void)
{
	while (kernel.deferred_first != NULL &&
	       kernel.deferred_first->private_ran != kernel.rounds) {
		struct deferred_call *call = kernel.deferred_first;

		kernel.deferred_first = call->private_next;
		call->private_pending = false;
		call->private_ran = kernel.rounds;
		call->private_operations->run(call);
	}
}

bool kernel_may_sleep(void)
{
	return kernel.deferred_first == NULL;
}
