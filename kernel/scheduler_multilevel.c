/* Multi-level feedback queue: a process that computes sinks, one that mostly sleeps stays on top and
 * runs at once when it wakes.
 *
 * A life begins at level 0. When it has had the processor for the slice of its level, in one piece
 * or in many, it goes one level down; the time it needs is looked at when its slice expires and when it
 * becomes ready. Of those who are ready the highest level runs, in turn; it gives way to a higher one
 * at once. Every 5 seconds all begin again at level 0, so that nobody waits for ever.
 *
 * On a board without a clock there is no telling when 5 seconds have passed: all begin again each time
 * somebody is chosen, which is round robin. */

#include "ready_queue.h"
#include <stddef.h>

enum {
	LEVELS = 3,
	LEVEL_LAST = LEVELS - 1,
	REFRESH_MS = 5000,
};

/* Milliseconds; longer further down, where switching back and forth would be waste. Tock's. */
static const uint8_t slices_ms[LEVELS] = {10, 20, 50};

static struct ready_queue ready[LEVELS];
static uint64_t refreshed; /* ticks: when all were at level 0 */

static uint32_t ticks_in_ms(void)
{
	return kernel.board->clock != NULL ? clock_frequency(kernel.board->clock) / 1000 : 0;
}

static void level_set(struct process *process, uint32_t level)
{
	process->level = (uint8_t)level;
	process->level_since = (uint32_t)process->run_ticks;
}

static void level_down(struct process *process)
{
	level_set(process, process->level < LEVEL_LAST ? process->level + 1u : LEVEL_LAST);
}

static bool has_had_its_slice(const struct process *process)
{
	if (kernel.time_owner == process) {
		processor_time_charge();
	}

	uint32_t slice = slices_ms[process->level] * ticks_in_ms();

	return slice != 0 && (uint32_t)process->run_ticks - process->level_since >= slice;
}

/* The highest level where somebody waits; LEVELS: none. */
static uint32_t level_waiting(void)
{
	uint32_t level = 0;

	while (level < LEVELS && ready[level].first == NULL) {
		level++;
	}
	return level;
}

void scheduler_add(struct process *process)
{
	if (has_had_its_slice(process)) {
		level_down(process);
	}
	process->is_queued = true;
	ready_queue_add(&ready[process->level], process);
	kernel_attention |= ATTENTION_SCHEDULE;
}

void scheduler_remove(struct process *process)
{
	if (process->is_queued) {
		process->is_queued = false;
		ready_queue_remove(&ready[process->level], process);
	}
}

/* Who waits goes to the end of level 0, from the top down. */
static void refresh(void)
{
	for (uint32_t level = 1; level < LEVELS; level++) {
		while (ready[level].first != NULL) {
			ready_queue_add(&ready[0], ready_queue_take(&ready[level]));
		}
	}
	for (uint32_t slot = 0; slot < kernel.process_count; slot++) {
		struct process *process = kernel.board->processes[slot];

		if (process_is_alive(process)) {
			level_set(process, 0);
		}
	}
	refreshed = kernel.time_charged;
}

struct process *scheduler_take(void)
{
	if (level_waiting() == LEVELS) {
		return NULL;
	}
	processor_time_charge();
	if (kernel.time_charged - refreshed >= (uint64_t)REFRESH_MS * ticks_in_ms()) {
		refresh();
	}

	struct process *process = ready_queue_take(&ready[level_waiting()]);

	process->is_queued = false;
	return process;
}

/* One that has expired makes room for others of the level that it sinks to. */
bool scheduler_gives_way(struct process *running, bool has_expired)
{
	if (has_expired) {
		processor_time_charge();
		level_down(running);
		return level_waiting() <= running->level;
	}
	return level_waiting() < running->level;
}

uint32_t scheduler_slice(const struct process *process)
{
	return level_waiting() < LEVELS ? slices_ms[process->level] * 1000u : 0;
}
