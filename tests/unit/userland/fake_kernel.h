#pragma once

#include <stdbool.h>
#include <stdint.h>

/* As much of a kernel as timers, the event loop and the heap need, in true time of 64 bits: the alarm (a counter of 32
 * bits that wraps, one alarm for the process, exactly as docs/syscalls/00000_alarm.md says), the read-only
 * state, an event of another driver, the queue of upcalls, and the app break.
 *
 * Each system call takes a little time. A process that yields with an empty queue sleeps until the alarm; without
 * one it would sleep for ever, and the test fails. */

struct fake_kernel {
	uint64_t now;         /* true time, ticks */
	uint64_t latest_look; /* when the process last asked for the counter */
	uint64_t lateness;    /* of the alarm, for the sleeps to come */
	bool has_state;       /* there is driver 0x9 */
	bool has_alarm;       /* there is driver 0x0 */
	bool is_armed;        /* the alarm, to */
	uint64_t fires_at;
	uint32_t passes;      /* upcalls of the alarm that were run */
	uint64_t latest_pass; /* when the last of them began */
	uint32_t app_break;
	uint32_t break_limit;
};

extern struct fake_kernel fake_kernel;

enum {
	DRIVER_OTHER = 0x77, /* whose event 0 fake_event queues */
	FREQUENCY = 50000000,
};

void fake_kernel_reset(uint64_t now);

/* Time goes by and the process is computing. */
void fake_compute(uint64_t ticks);

/* An event of the other driver. */
void fake_event(void);

/* Is an event of this driver queued? */
bool fake_is_queued(uint32_t driver);
uint32_t fake_queue_length(void);

/* The same numbers for the same seed. */
uint64_t fake_random(void);
void fake_random_seed(uint64_t seed);
