/* Cooperative: who becomes ready goes to the end of one queue, and who runs runs until it sleeps,
 * ends or faults. A process that never does keeps the processor for ever. */

#include "ready_queue.h"
#include <stddef.h>

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
	(void)has_expired;
	return false;
}

uint32_t scheduler_slice(const struct process *process)
{
	(void)process;
	return 0;
}
