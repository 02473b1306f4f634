#pragma once

#include "model.h"

/* What the model's files share: the processes as they should be, and what can happen to one. */

enum {
	MODEL_GRANTS = 2, /* of TALKER, then of LARGE */
	MODEL_NONE = 0xff
};

/* What subscribe and allow swap. */
struct slots {
	uint32_t first, second;
};

struct model_grant {
	bool exists;
	struct slots subscriptions[TALKER_UPCALLS];
	struct slots read_only[TALKER_READ_ONLY];
	struct slots read_write[TALKER_READ_WRITE];
	struct slots user_readable[TALKER_USER_READABLE];
};

struct model_layout {
	uint32_t upcalls, read_only, read_write, user_readable, bytes;
};

extern const struct model_layout model_layouts[MODEL_GRANTS];

struct model_event {
	uint32_t grant, number;
	bool null;
	bool shares; /* arguments: number of the sender's life, its slot, its buffer */
	uint32_t arguments[3];
};

/* A buffer that a process can reach. */
struct model_share {
	uint32_t sender, life, number;
	struct slots buffer;
};

struct model_process {
	struct process *real;
	uint32_t state;
	bool is_stopped;
	uint32_t number; /* of the life */
	uint64_t flash_start, flash_app, flash_end, entry;
	uint64_t start, app_break, kernel_break, top, end, shared_end;
	/* From here to `top` is the process's again, as the kernel leaves it at the end of this step. */
	uint64_t adopted_from;
	struct model_grant grants[MODEL_GRANTS];
	uint32_t talker_count;
	bool large_was_opened;
	struct model_event queue[10];
	uint32_t queued, places;
	uint32_t waits_grant, waits_number;
	bool has_shares;
	struct model_share shares[PROTECTION_SHARES];
	uint32_t share_count;
	uint32_t registers[4], program_counter, link; /* where they are not in memory */
	uint32_t calls, dropped, restarts, expired, completion_code, stack_top, heap_start;
};

struct model_machine {
	struct model_process processes[FIXTURE_SLOTS];
	uint32_t process_count;
	struct model_process *ready[FIXTURE_SLOTS];
	uint32_t ready_count;
	struct model_process *running;
	uint32_t last_number;
	uint64_t shares_begun, places_taken;
	uint32_t deferred_runs;
	uint8_t memory[FIXTURE_RAM_BYTES]; /* all that is not the kernel's must be like this */
};

extern struct model_machine machine;

uint8_t *model_byte(uint64_t address);
uint64_t model_reach(const struct model_process *p, uint64_t app_break);
void model_register_set(struct model_process *p, uint32_t index, uint32_t value);

void model_ready_add(struct model_process *p);
void model_choose(void);

bool model_break_set(struct model_process *p, int64_t address);
bool model_owns(const struct model_process *p, uint64_t address, uint64_t length);
bool model_reads(const struct model_process *p, uint64_t address, uint64_t length);

void model_begin_life(struct model_process *p);
void model_forget_all(struct model_process *p);
void model_restart(struct model_process *p);
void model_process_fault(struct model_process *p);

/* What the next TALKER_DO was told to do. */
void model_controlled_by_command(void);

/* Returns the error that is due. */
uint32_t model_process_control(enum model_control control, struct process_id id);

enum driver_kind {
	KIND_ABSENT,
	KIND_PLAIN,
	KIND_GRANT
};

enum driver_kind model_driver(uint32_t number, uint32_t *grant);
bool model_grant_make(struct model_process *p, uint32_t grant);

uint32_t model_schedule(struct model_process *p, uint32_t grant, uint32_t number,
			const uint32_t arguments[3]);
bool model_run_next(struct model_process *p);
void model_queue_remove(struct model_process *p, uint32_t index);
uint32_t model_notify(const struct model_process *p, uint32_t buffer, uint32_t receiver,
		      uint32_t number);
void model_drop_ended_shares(struct model_process *p);
uint32_t model_process_event(struct process_id id, uint32_t number, const uint32_t arguments[3]);
void model_deferred_call(void);

/* A system call of this process (model_calls.c). */
void model_process_call(struct model_process *p, uint32_t class, const uint32_t r[4]);
