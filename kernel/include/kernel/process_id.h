#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Names one life of one process. Small, freely copied, never reused: when the process is restarted
 * it gets a new one, and every kernel call refuses the old. It gives no access to anything.
 *
 * Private: the slot in the process table (low 8 bits) and the kernel-wide number of this life (24
 * bits, from 1). No process has the value 0. */
struct process_id {
	uint32_t private_value;
};

#define PROCESS_ID_NONE ((struct process_id){0})

/* The number that people see ("pid"): counts up over the whole system, from 1. */
static inline uint32_t process_id_number(struct process_id id)
{
	return id.private_value >> 8;
}

/* The slot in the process table: what applications know each other by. */
static inline uint32_t process_id_slot(struct process_id id)
{
	return id.private_value & 0xff;
}

static inline bool process_id_equal(struct process_id a, struct process_id b)
{
	return a.private_value == b.private_value;
}
