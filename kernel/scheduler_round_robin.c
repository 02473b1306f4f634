/* Round robin: who becomes ready goes to the end of one queue, and so does whose slice has expired.
 */

#include "process.h"

/* Microseconds. Tock's value, so that applications see the sharing they were tuned for. */
enum {
	SLICE = 10000
};

static struct {
	struct process *first;
	struct process *last;
} queue;

void scheduler_add(struct process *process)
{
	process->is_queued = true;
	process->next_ready = NULL;
	if (queue.first == NULL) {
		queue.first = process;
	} else {
		queue.last->next_ready = process;
	}
	queue.last = process;
	kernel_attention |= ATTENTION_SCHEDULE;
}

void scheduler_remove(struct process *process)
{
	struct process *before = NULL;

	if (!process->is_queued) {
		return;
	}
	process->is_queued = false;
	for (struct process *each = queue.first; each != process; each = each->next_ready) {
		before = each;
	}
	if (before == NULL) {
		queue.first = process->next_ready;
	} else {
		before->next_ready = process->next_ready;
	}
	if (queue.last == process) {
		queue.last = before;
	}
}

struct process *scheduler_take(void)
{
	struct process *process = queue.first;

	if (process != NULL) {
		queue.first = process->next_ready;
		process->is_queued = false;
	}
	return process;
}

bool scheduler_has_waiting(void)
{
	return queue.first != NULL;
}

uint32_t scheduler_slice(const struct process *process)
{
	(void)process;
	return SLICE;
}
