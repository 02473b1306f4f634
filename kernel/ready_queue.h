#pragma once

#include "process.h"

/* A queue of ready processes, linked through the processes themselves: what schedulers are made
 * of. Nobody is in two queues. */
struct ready_queue {
	struct process *first;
	struct process *last;
};

static inline void ready_queue_add(struct ready_queue *queue, struct process *process)
{
	process->next_ready = NULL;
	if (queue->first == NULL) {
		queue->first = process;
	} else {
		queue->last->next_ready = process;
	}
	queue->last = process;
}

/* The process must be in the queue. */
static inline void ready_queue_remove(struct ready_queue *queue, const struct process *process)
{
	struct process *before = NULL;

	for (struct process *each = queue->first; each != process; each = each->next_ready) {
		before = each;
	}
	if (before == NULL) {
		queue->first = process->next_ready;
	} else {
		before->next_ready = process->next_ready;
	}
	if (queue->last == process) {
		queue->last = before;
	}
}

/* The first, taken out; NULL: none. */
static inline struct process *ready_queue_take(struct ready_queue *queue)
{
	struct process *process = queue->first;

	if (process != NULL) {
		queue->first = process->next_ready;
	}
	return process;
}
