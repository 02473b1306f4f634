#pragma once

#include <stdbool.h>
#include <stdint.h>

/* What a scheduler must do, said in the plainest way. scheduler_model_<name>.c has one; the test runs it
 * beside kernel/scheduler_<name>.c. Processes are numbers from 0, in the order of flash. */
enum {
	MODEL_PROCESSES = 4,
	MODEL_NOBODY = -1,
};

/* Those who are ready and do not run, in the order in which they became so. */
struct ready {
	int who[MODEL_PROCESSES];
	uint32_t count;
};

extern struct ready ready;

/* Takes the entry at this position out. */
int ready_take(uint32_t position);

/* Everything as after power-on; the time is 0 milliseconds. */
void model_reset(void);

/* A process is about to be put at the end of `ready`. */
void model_becomes_ready(int process);

/* Which position of `ready` runs next; there is at least one. */
uint32_t model_next(uint64_t now);

/* Whether the running process makes room; somebody may be ready. */
bool model_gives_way(int running, bool has_expired);

/* The running process has had so many milliseconds more. */
void model_ran(int running, uint32_t milliseconds);

/* Milliseconds; 0: as long as it likes. */
uint32_t model_slice(int process);
