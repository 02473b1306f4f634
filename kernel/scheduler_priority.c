/* Fixed priority: of those who are ready, the one in the lowest slot runs, which is the one that
 * comes first in flash. It gives way to nobody behind it, and at once to anybody before it. */

#include "process.h"
#include <stddef.h>

/* By slot, the lowest first. */
static struct process *first;

void scheduler_add(struct process *process)
{
	struct process **place = &first;

	while (*place != NULL && process_slot(*place) < process_slot(process)) {
		place = &(*place)->next_ready;
	}
	process->is_queued = true;
	process->next_ready = *place;
	*place = process;
	kernel_attention |= ATTENTION_SCHEDULE;
}

void scheduler_remove(struct process *process)
{
	struct process **place = &first;

	if (!process->is_queued) {
		return;
	}
	while (*place != process) {
		place = &(*place)->next_ready;
	}
	process->is_queued = false;
	*place = process->next_ready;
}

struct process *scheduler_take(void)
{
	struct process *process = first;

	if (process != NULL) {
		first = process->next_ready;
		process->is_queued = false;
	}
	return process;
}

bool scheduler_gives_way(struct process *running, bool has_expired)
{
	(void)has_expired;
	return first != NULL && process_slot(first) < process_slot(running);
}

uint32_t scheduler_slice(const struct process *process)
{
	(void)process;
	return 0;
}
