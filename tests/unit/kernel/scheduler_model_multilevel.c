#include "scheduler_model.h"

static uint32_t level[MODEL_PROCESSES], used[MODEL_PROCESSES];
static uint64_t last_refresh;

void model_reset(void)
{
	for (int i = 0; i < MODEL_PROCESSES; i++) {
		level[i] = used[i] = 0;
	}
	last_refresh = 0;
}

uint32_t model_slice(int process)
{
	return level[process] == 0 ? 10 : level[process] == 1 ? 20 : 50;
}

static void sink(int process)
{
	level[process] += level[process] < 2;
	used[process] = 0;
}

void model_becomes_ready(int process)
{
	if (used[process] >= model_slice(process)) {
		sink(process);
	}
}

static uint32_t highest(void)
{
	uint32_t best = 0;

	for (uint32_t i = 1; i < ready.count; i++) {
		if (level[ready.who[i]] < level[ready.who[best]]) {
			best = i;
		}
	}
	return best;
}

/* All begin again: those at the top first, each level in its order. */
static void refresh(void)
{
	struct ready sorted = {.count = 0};

	for (uint32_t each = 0; each < 3; each++) {
		for (uint32_t i = 0; i < ready.count; i++) {
			if (level[ready.who[i]] == each) {
				sorted.who[sorted.count++] = ready.who[i];
			}
		}
	}
	ready = sorted;
	for (int i = 0; i < MODEL_PROCESSES; i++) {
		level[i] = used[i] = 0;
	}
}

uint32_t model_next(uint64_t now)
{
	if (now - last_refresh >= 5000) {
		last_refresh = now;
		refresh();
	}
	return highest();
}

bool model_gives_way(int running, bool has_expired)
{
	if (has_expired) {
		sink(running);
	}
	if (ready.count == 0) {
		return false;
	}

	uint32_t other = level[ready.who[highest()]];

	return has_expired ? other <= level[running] : other < level[running];
}

void model_ran(int running, uint32_t milliseconds)
{
	used[running] += milliseconds;
}
