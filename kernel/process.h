#pragma once

#include "kernel.h"
#include <arch/arch.h>
#include <kernel/grant.h>
#include <kernel/process_info.h>

/* One process. It lives at the top of the process's own RAM block:
 *
 *     ram_start                app_break      kernel_break          this struct       ram_end
 *     | stack, data, heap ...  | unclaimed    | grants, newest first | ... grant table |
 *
 * The invariant that everything rests on (DESIGN, section 3), for every process whenever one runs:
 *
 *     ram_start <= app_break <= reach <= kernel_break <= address of this struct < ram_end
 *
 * where reach = protection_reach(app_break) is where the MPU or PMP really ends; shared_end, the
 * end of the furthest buffer that the process ever shared, is <= app_break. The process can read
 * and execute [flash_start, flash_end), read and write [ram_start, reach) and what `shares` names, and
 * nothing else. All bytes of [app_break, reach) are zero or were written by this life of the process.
 * `shares` names buffers in [ram_start, shared_end) of other processes, each alive and sharing exactly
 * that buffer, at this moment, in the slot named.
 *
 * memory.c is where the right-hand sides move, share.c looks after the last sentence;
 * process_invariant_holds() states it for the tests. */

enum {
	UPCALL_QUEUE_LENGTH = 10,
	UPCALL_RESERVE = 2, /* places in the queue that are there however little memory is left */
};

/* An event for a process, in its place in the queue. */
struct upcall {
	uint32_t arguments[3];
	uint16_t next;      /* the place of the one behind it, or 0: process_at() */
	uint8_t grant;      /* index of the driver's grant */
	uint8_t number : 6; /* subscribe number */
	uint8_t null : 1;   /* no function was registered: only yield-wait-for sees it */
	uint8_t shares : 1; /* the arguments are still the sender's id and its slot's address */
};

enum {
	UPCALL_NUMBERS = 64, /* that fit there; kernel_start() sees to it */
};

/* What a process registered with subscribe. */
struct subscription {
	uint32_t function; /* 0: none */
	uint32_t data;
};

/* What a process shares by allow, as it gave it. */
struct allowed {
	uint32_t address;
	uint32_t length;
};

/* A buffer that another process lets this one reach. All zeros: none. */
struct share {
	struct process_id sender;
	const struct allowed *slot; /* the sender's; there as long as the sender lives */
	struct allowed buffer;      /* what it held, and must hold */
};

struct shares {
	struct protection_share ranges[PROTECTION_SHARES];
	struct share shares[PROTECTION_SHARES];
};

/* What is to happen to a process before any runs again; at most one of them. */
enum process_pending {
	PENDING_START = 1,  /* terminated; a new life begins */
	PENDING_REPORT = 2, /* faulted; the observer is to be told */
};

struct process {
	struct context context; /* first: arch/ and kernel/ pass pointers to it about */
	struct protection protection;
	struct process_id id; /* of this life; its slot is always right */

	union {
		/* While it lives. */
		struct {
			union {
				struct process *next_ready;
				/* With PROCESS_YIELDED_FOR: for this upcall of this grant (0: for
				 * what never comes). */
				struct {
					uint8_t waits_grant;
					uint8_t waits_number;
				};
			};
			/* scheduler_multilevel.c's: the low half of run_ticks when it came to this
			 * level. */
			uint32_t level_since;
		};
		/* When it has faulted, and after: fault_cause says so. */
		struct {
			uint32_t fault_address;
			uint32_t fault_status;
		};
		uint32_t completion_code; /* when it has ended otherwise */
	};

	union {
		struct {
			uint32_t ram_start;
			uint32_t ram_end;
			uint32_t flash_start;
			uint32_t flash_end;
			uint32_t kernel_break;
			uint32_t app_break;
		};
		uint32_t bounds[PROCESS_BOUNDS]; /* the same, by enum process_bound */
	};
	uint32_t shared_end;
	uint32_t flash_app;

	uint32_t stack_top;
	uint32_t heap_start;
	uint32_t system_calls;
	uint32_t upcalls_delivered;
	uint32_t slices_expired;
	uint32_t restarts;
	uint16_t upcalls_dropped; /* UINT16_MAX: or more */

	/* Where an element's value begins, counted from flash_start; 0: there is none. */
	uint16_t program;     /* Main or Program */
	uint16_t permissions; /* 0: all is allowed */
	uint16_t name;

	/* Events that wait, and places for more: upcall.c. */
	uint16_t queue_first;
	uint16_t queue_free;
	uint16_t shares; /* process_shares() */
	uint8_t queue_length;

	uint8_t
	    classes; /* of system calls below this one nobody else is asked: see system_call.c */
	uint8_t last_system_call;
	uint8_t state; /* enum process_state */

	uint8_t is_queued : 1; /* waits in the scheduler */
	uint8_t level : 2;     /* scheduler_multilevel.c's */

	uint8_t is_stopped : 1; /* is not scheduled, whatever its state */
	uint8_t pending : 2;    /* enum process_pending, or 0 */
	uint8_t fault_has_address : 1;
	uint8_t fault_cause : 4; /* enum fault_cause */

	uint64_t run_ticks;
	struct upcall reserve[UPCALL_RESERVE];
	uint16_t grants[]; /* by grant index; see grant.c */
};

/* Whether somebody wants to be told when this process goes on. Nobody has grant 0. */
static inline bool kernel_tells_resumption(const struct process *self)
{
	return self->grants[kernel.resume_grant] != 0;
}

static inline struct process *process_of_context(struct context *context)
{
	return (struct process *)context;
}

static inline uint32_t process_slot(const struct process *self)
{
	return process_id_slot(self->id);
}

/* Bytes at the top of a block that the kernel takes before there are any grants. */
uint32_t process_size(void);

/* Places in the kernel's part of a process's RAM are told in 16 bits: as the distance below the
 * end of struct process, in units of 8 bytes. */
enum {
	PLACE_UNIT = 8
};

static inline void *process_at(const struct process *self, uint32_t place)
{
	return (void *)((uintptr_t)self + sizeof(struct process) - place * PLACE_UNIT);
}

static inline uint32_t process_place(const struct process *self, uint32_t address)
{
	return ((uint32_t)(uintptr_t)self + sizeof(struct process) - address) / PLACE_UNIT;
}

/* What others share with it; NULL: nobody ever did. */
static inline struct shares *process_shares(const struct process *self)
{
	return self->shares == 0 ? NULL : process_at(self, self->shares);
}

/* Where a life begins, in flash. */
uint32_t process_entry(const struct process *self);

/* Gives a process a new life: fresh identity, registers, break and counters; no grants. */
void process_start(struct process *self);

/* Neither runs nor waits to. */
void process_leave_processor(struct process *self);

/* Ends a process; it keeps its memory, but nothing outside it refers to it any more. */
void process_end(struct process *self, enum process_state state);

/* Ends this life; the next begins before any process runs. */
void process_restart(struct process *self);

/* Freezes a living process, whatever it was doing, until the fault policy has acted. */
void process_fail(struct process *self, const struct fault *fault);

/* Tells the observer of a fault, or acts at once, as the fault policy wants (fault_policy.c). */
void process_tell_fault(struct process *self);

/* In flash; good for ever. */
struct read_span process_name(const struct process *self);

/* Does what is pending for processes (ATTENTION_PROCESS). */
void process_attend_all(void);

/* The process with this identity, if that life still goes on; else NULL. */
struct process *process_find(struct process_id id);

/* The same, where a call would cost more. */
static inline struct process *process_find_inline(struct process_id id)
{
	uint32_t slot = process_id_slot(id);

	if (slot >= kernel.process_count) {
		return NULL;
	}

	struct process *process = kernel.board->processes[slot];

	return process_id_equal(process->id, id) ? process : NULL;
}

static inline bool process_is_alive(const struct process *self)
{
	return self->state < PROCESS_FAULTED;
}

/* Flash that the application declares as written at run time; addresses, [start, end). */
struct flash_region {
	uint32_t start;
	uint32_t end;
};

/* How many there are; and one of them: false if there is none such, or it is empty. */
uint32_t process_flash_regions(const struct process *self);
bool process_flash_region(const struct process *self, uint32_t index, struct flash_region *region);

bool process_invariant_holds(const struct process *self);

/* --- processor_time.c --- */

/* Time counts from now. */
void processor_time_begin(void);

/* In ticks of the board's clock; 0: it has none. */
static inline __attribute__((always_inline)) uint64_t processor_time_now(void)
{
	return kernel.board->clock != NULL ? clock_now(kernel.board->clock) : 0;
}

/* The time since the last charge goes to who had the processor. */
void processor_time_charge(void);

/* The same, where a call would cost more. */
static inline __attribute__((always_inline)) void processor_time_charge_inline(void)
{
	uint64_t now = processor_time_now();
	uint64_t passed = now - kernel.time_charged;
	struct process *owner = kernel.time_owner;
	uint64_t *account = owner != NULL ? &owner->run_ticks : &kernel.sleep_ticks;

	kernel.time_charged = now;
	*account += passed;
}

/* --- memory.c --- */

/* Moves the app break; false, and nothing changed, if it may not go there. */
bool memory_set_break(struct process *self, uint32_t app_break);

/* Takes zeroed memory for the kernel, a multiple of 8 bytes; NULL if there is none left. */
void *memory_take(struct process *self, uint32_t size);

/* Whether [address, address + length) lies in [start, end). No sum, so that none can wrap. */
static inline bool range_contains(uint32_t start, uint32_t end, uint32_t address, uint32_t length)
{
	return address >= start && address <= end && length <= end - address;
}

/* Whether [address, address + length) is the process's to read and write, or at least to read. */
static inline bool memory_is_writeable(const struct process *self, uint32_t address,
				       uint32_t length)
{
	return range_contains(self->ram_start, self->app_break, address, length);
}

static inline bool memory_is_readable(const struct process *self, uint32_t address, uint32_t length)
{
	return memory_is_writeable(self, address, length) ||
	       range_contains(self->flash_app, self->flash_end, address, length);
}

/* --- grant.c --- */

/* Bytes that a process pays for a grant. */
uint32_t grant_size(const struct grant *grant);

/* Where the process has it; 0: nowhere yet. */
uint32_t grant_address(const struct process *self, const struct grant *grant);

/* Gives the process this grant, which it does not have; false: no memory left. */
bool grant_allocate(struct process *self, const struct grant *grant);

/* Makes sure the process has it. */
static inline bool grant_ensure(struct process *self, const struct grant *grant)
{
	return self->grants[grant->private_index] != 0 || grant_allocate(self, grant);
}

/* An entry of the grant table: this bit, and the distance in units; see grant.c. */
enum {
	GRANT_UNIT = 8, /* bytes */
	GRANT_OPEN = 0x8000,
};

/* Whether the block that the access was given to still lasts. It ends early if the process does. */
static inline bool grant_access_is_open(struct grant_access access)
{
	uint32_t entry = access.private_process->grants[access.private_grant->private_index];

	return (entry & GRANT_OPEN) != 0;
}

/* What lies so many units below the driver's struct. */
static inline void *grant_below(const struct process *self, const struct grant *grant,
				uint32_t units)
{
	uint32_t distance = self->grants[grant->private_index] & ~(uint32_t)GRANT_OPEN;

	return (void *)((uintptr_t)self - (distance + units) * GRANT_UNIT);
}

/* Slots of a grant that the process has. The number must be one that the layout has. */
static inline struct subscription *grant_subscription(const struct process *self,
						      const struct grant *grant, uint32_t number)
{
	return grant_below(self, grant, number + 1);
}

static inline struct allowed *grant_read_only(const struct process *self, const struct grant *grant,
					      uint32_t number)
{
	return grant_below(self, grant, grant->private_layout->upcalls + number + 1);
}

static inline struct allowed *grant_read_write(const struct process *self,
					       const struct grant *grant, uint32_t number)
{
	const struct grant_layout *layout = grant->private_layout;

	return grant_below(self, grant, layout->upcalls + layout->read_only + number + 1);
}

static inline struct allowed *grant_user_readable(const struct process *self,
						  const struct grant *grant, uint32_t number)
{
	const struct grant_layout *layout = grant->private_layout;

	return grant_below(self, grant,
			   layout->upcalls + layout->read_only + layout->read_write + number + 1);
}

/* --- upcall.c --- */

/* What is in a place of the queue. */
static inline struct upcall *upcall_at(const struct process *self, uint32_t place)
{
	return process_at(self, place);
}

/* Nothing waits, and all places but the reserve are forgotten. */
void upcalls_clear(struct process *self);

/* Runs the process's next queued function, if there is one, when the process goes on. */
bool upcall_run_next(struct process *self);

/* The same, without a call when the queue is empty, which it mostly is. */
static inline bool upcall_run_queued(struct process *self)
{
	return self->queue_length != 0 && upcall_run_next(self);
}

/* Takes the first queued event of this kind out of the queue. */
bool upcall_take(struct process *self, uint8_t grant, uint32_t number, uint32_t arguments[3]);

/* Drops all queued calls of a function that has just been replaced. */
void upcall_forget(struct process *self, uint8_t grant, uint32_t number);

/* Queues one that shares a buffer, or runs it if the process waits for any. Nobody can fill a queue
 * with these: one of each sender and number is in it. ERROR_BUSY: it still is; one of a former life
 * of the sender is replaced. */
enum error_code upcall_add(struct process *self, const struct upcall *upcall);

/* --- share.c --- */

/* The upcall is about to run: its arguments become what the process gets, and it can reach the
 * buffer. */
void share_accept(struct process *self, struct upcall *upcall);

/* Writes the hardware for what others share with the process, if they still do. */
void share_apply(struct process *self);

bool shares_invariant_holds(const struct process *self);

/* --- system_call.c --- */

/* Says who answers a new process's calls. */
void system_call_prepare(struct process *process);

/* --- filter, one module a board links --- */

/* Whether any call of this process is to be checked. */
bool filter_applies(const struct process *process);

/* Whether it may make this one: subscribe, command or allow. ERROR_NONE: yes. */
enum error_code filter_check(const struct process *process, const struct filtered_call *call);

/* --- resume, one module a board links (resume_board, resume_none) --- */

/* Grants have their indices: the board's client is told from now on. Called if there is one. */
void resume_begin(void);

/* Tells that the running process goes on, but once only on a way out. True: whoever was told may have changed what that was
 * decided on. */
bool resume_changes(void);

/* --- scheduler, one module a board links --- */

/* The process can run, is not running and not queued. */
void scheduler_add(struct process *process);

/* It can no longer. */
void scheduler_remove(struct process *process);

/* The process to run next, taken out; NULL: none. */
struct process *scheduler_take(void);

/* Whether the running process makes room for one that waits. `has_expired`: it has had its slice. */
bool scheduler_gives_way(struct process *running, bool has_expired);

/* The slice it gets, in microseconds; 0: as long as it likes, because nobody waits or by the scheduler's rules. */
uint32_t scheduler_slice(const struct process *process);

/* A process that sleeps has what it slept for. */
static inline __attribute__((always_inline)) void process_wake(struct process *self)
{
	self->state = PROCESS_RUNNING;
	if (!self->is_stopped) {
		scheduler_add(self);
	}
}
