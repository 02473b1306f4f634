#include "scheduler_model.h"

void model_reset(void)
{
}

void model_becomes_ready(int process)
{
	(void)process;
}

uint32_t model_next(uint64_t now)
{
	uint32_t best = 0;

	(void)now;
	for (uint32_t i = 1; i < ready.count; i++) {
		if (ready.who[i] < ready.who[best]) {
			best = i;
		}
	}
	return best;
}

bool model_gives_way(int running, bool has_expired)
{
	(void)has_expired;
	return ready.count > 0 && ready.who[model_next(0)] < running;
}

void model_ran(int running, uint32_t milliseconds)
{
	(void)running;
	(void)milliseconds;
}

uint32_t model_slice(int process)
{
	(void)process;
	return 0;
}
