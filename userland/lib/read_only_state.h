#pragma once

#include <stdbool.h>
#include <system_call.h>

LINKAGE_C_BEGIN

/* The read-only state, driver 0x9: what the kernel knows of this process, written by it into the
 * process's own memory each time the process is given the processor. Reading it is no system call. */

struct read_only_state {
	uint32_t switches; /* how often it was given the processor since it uses this driver */
	uint32_t upcalls;  /* that wait for it */
	uint64_t ticks;    /* the alarm's counter, carried on to 64 bits */
};

/* Has the state written into `state` now and from now on, instead of any buffer before. False: there
 * is no such driver, or no memory for its grant. */
static inline bool read_only_state_share(volatile struct read_only_state *state)
{
	return succeeded(
	    allow_user_readable(DRIVER_READ_ONLY_STATE, 0, (void *)state, sizeof(*state)));
}

/* The kernel writes nothing more. */
static inline void read_only_state_take_back(void)
{
	allow_user_readable(DRIVER_READ_ONLY_STATE, 0, 0, 0);
}

/* The ticks when the process was last given the processor. It can lose the processor between two loads,
 * but the halves belong together when nothing was written in between. */
static inline uint64_t read_only_state_ticks(const volatile struct read_only_state *state)
{
	uint32_t switches;
	uint64_t ticks;

	do {
		switches = state->switches;
		ticks = state->ticks;
	} while (switches != state->switches);
	return ticks;
}

LINKAGE_C_END
