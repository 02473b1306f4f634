#pragma once

#include <kernel/board.h>
#include <kernel/deferred_call.h>
#include <kernel/entry.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What the kernel knows beside its processes. There is one, and only kernel code, which is never
 * interrupted by itself, touches it. */

struct process;

/* Reasons, in kernel_attention, to look beyond the running process before returning to it. */
enum attention {
	ATTENTION_DEFERRED_CALL = 1,
	ATTENTION_SCHEDULE = 2, /* somebody became ready, or the running process cannot go on */
	ATTENTION_SLICE_EXPIRED = 4, /* the running process has had its share */
	ATTENTION_PROTECTION = 8,    /* what the running process may access has changed */
	ATTENTION_PROCESS = 16,      /* something is pending for a process */
};

struct kernel {
	const struct board *board;
	struct driver_group basics; /* the board's group 0, where most drivers are */
	struct process *running;    /* whose registers the processor holds; NULL: asleep */
	struct process
	    *protection_owner; /* for whom MPU or PMP are set; NULL: nobody, as he is now */
	bool shares_applied;   /* and hold, or may hold, buffers of others for it */
	bool slice_running;
	bool resume_told; /* somebody was told of a resumption on this way out */
	uint8_t
	    resume_grant; /* who wants to be told when a process goes on: that grant; 0: nobody */
	struct deferred_call *deferred_first;
	struct deferred_call *deferred_last;
	uint32_t rounds;        /* of work before processes, by now */
	uint32_t process_count; /* slots of the process table that are filled, from its front */
	uint32_t grant_count;   /* drivers that keep something for processes */
	uint32_t last_process_number;
	uint32_t panics; /* how many there were; the first one is */
	struct panic_description panic;

	struct process *time_owner; /* who has the processor since `time_charged`; NULL: nobody */
	uint64_t time_start;        /* ticks of the board's clock */
	uint64_t time_charged;
	uint64_t sleep_ticks;
	uint32_t sleeps;
	uint32_t slices_expired;
};

extern struct kernel kernel;

/* The driver with this number, or NULL. */
static inline struct driver *driver_find(uint32_t number)
{
	if (__builtin_expect(number < kernel.basics.count, true)) {
		return kernel.basics.drivers[number];
	}

	const struct driver_group *groups = kernel.board->driver_groups;
	uint32_t group = number >> 16;
	uint32_t index = number & 0xffff;

	if (group == 0 || group >= kernel.board->driver_group_count ||
	    index >= groups[group].count) {
		return NULL;
	}
	return groups[group].drivers[index];
}

/* Runs those that are set, and those that these set, each at most once on this way out. */
void deferred_calls_run(void);
