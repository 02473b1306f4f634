/* Round robin: who becomes ready goes to the end of one queue, and so does whose slice has expired.
 */

#include "ready_queue.h"
#include <stddef.h>

/* Microseconds. Tock's value, so that applications see the sharing they were tuned for. */
enum {
	SLICE = 10000
};

static struct ready_queue ready;

void scheduler_add(struct process *process)
{
	process->is_queued = true;
	ready_queue_add(&ready, process);
	kernel_attention |= ATTENTION_SCHEDULE;
}

void scheduler_remove(struct process *process)
{
	if (process->is_queued) {
		process->is_queued = false;
		ready_queue_remove(&ready, process);
	}
}

struct process *scheduler_take(void)
{
	struct process *process = ready_queue_take(&ready);

	if (process != NULL) {
		process->is_queued = false;
	}
	return process;
}

bool scheduler_gives_way(struct process *running, bool has_expired)
{
	(void)running;
	return has_expired && ready.first != NULL;
}

uint32_t scheduler_slice(const struct process *process)
{
	(void)process;
	return ready.first != NULL ? SLICE : 0;
}
