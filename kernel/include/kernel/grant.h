#pragma once

#include <kernel/annotation.h>
#include <kernel/error.h>
#include <kernel/process_id.h>
#include <kernel/span.h>
#include <stddef.h>

/* What a driver remembers about a process, kept in that process's own memory, above its reach.
 *
 *   G1  Memory for a grant is taken from a process at the first subscribe or allow for the driver,
 *       or at the first GRANT_ENTER by a command of that process; it starts as zeros. When the
 *       process has none left the caller gets ERROR_NOMEM and everybody else is unharmed.
 *   G2  A process that ends, or starts anew, takes its grants with it: an old process_id opens
 *       nothing.
 *   G3  A grant that is open cannot be opened again; the block is skipped.
 *
 * A capsule defines its grant once, with the number of upcalls and of read-only, read-write and
 * user-readable allow slots that the driver has (what is left out is 0), and embeds one `struct NAME`:
 *
 *     GRANT_DEFINE(console_grant, struct console_app,
 *                  .upcalls = 3, .read_only = 2, .read_write = 2);
 *
 * and works with it in blocks that run once or, when the grant cannot be opened, not at all. Leave
 * a block by its end, by break, continue or return:
 *
 *     struct command_result result = command_failure(ERROR_NOMEM);
 *     GRANT_ENTER(console_grant, app, &self->grant, caller) {
 *             app.state->pending = true;
 *             result = command_success();
 *     }
 *     return result;
 *
 * Inside, `app.state` points at the struct and `app.access` is the key to the process's upcalls and
 * shared buffers of this driver. Neither may be kept. */
struct grant_layout {
	uint8_t upcalls;
	uint8_t read_only;
	uint8_t read_write;
	uint8_t user_readable;
	uint16_t size; /* bytes of the driver's own struct */
};

struct grant {
	const struct grant_layout *private_layout;
	uint8_t private_index; /* place in every process's grant table; the kernel numbers them */
} PINNED;

/* The right to work on one process's part of one grant, while the block lasts. */
struct grant_access {
	struct process *private_process;
	const struct grant *private_grant;
} BORROWED NO_ZERO;

/* Queues upcall `number` for the process, with three arguments.
 * ERROR_NONE also when the process has no function there: the event is then kept for
 * yield-wait-for. ERROR_INVAL: the grant has no such upcall. ERROR_NOMEM: the process's queue is
 * full; the upcall is lost and counted. ERROR_NODEVICE: the process no longer runs. */
enum error_code upcall_schedule(struct grant_access access, uint32_t number, uint32_t argument1,
				uint32_t argument2, uint32_t argument3);

/* The buffer that the process shares in read-only (read-write) slot `number`. Empty when it shares
 * none, or there is no such slot. */
struct read_span allowed_read_only(struct grant_access access, uint32_t number);
struct write_span allowed_read_write(struct grant_access access, uint32_t number);

/* The same for a user-readable slot: the process reads the buffer while it shares it, whenever it
 * runs, so that what is written there is told without a system call. */
struct write_span allowed_user_readable(struct grant_access access, uint32_t number);

/* How many upcalls wait for the process, of all drivers. */
uint32_t grant_access_upcalls(struct grant_access access);

/* The process the grant belongs to. */
struct process_id grant_access_process(struct grant_access access);

/* Private from here: what the macros are made of. Entering answers where the driver's struct is; NULL:
 * it could not be opened, and leaving does nothing. The second form takes the first process at or after `slot`
 * that can be entered, and puts its slot there; GRANT_PRIVATE_END: there is none. */
enum {
	GRANT_PRIVATE_END = 255
};

void *grant_private_enter(struct grant *grant, struct process_id id, struct grant_access *access);
void *grant_private_enter_next(struct grant *grant, uint32_t *slot, struct grant_access *access);
void grant_private_leave(const struct grant_access *access);

#define GRANT_DEFINE(name, type, ...)                                                              \
	struct name {                                                                              \
		struct grant grant;                                                                \
	};                                                                                         \
	struct name##_entry {                                                                      \
		type *state BORROWED;                                                              \
		struct grant_access access;                                                        \
	} BORROWED;                                                                                \
	static inline void name##_init(struct name *self)                                          \
	{                                                                                          \
		static const struct grant_layout private_layout = {.size = sizeof(type),           \
								   __VA_ARGS__};                   \
		self->grant.private_layout = &private_layout;                                      \
	}                                                                                          \
	static inline struct name##_entry *name##_enter(struct name##_entry *entry,                \
							struct name *self, struct process_id id)   \
	{                                                                                          \
		entry->state = grant_private_enter(&self->grant, id, &entry->access);              \
		return entry->state != NULL ? entry : NULL;                                        \
	}                                                                                          \
	static inline struct name##_entry *name##_enter_next(struct name##_entry *entry,           \
							     struct name *self, uint32_t *slot)    \
	{                                                                                          \
		entry->state = grant_private_enter_next(&self->grant, slot, &entry->access);       \
		return entry->state != NULL ? entry : NULL;                                        \
	}                                                                                          \
	static inline void name##_leave(struct name##_entry *entry)                                \
	{                                                                                          \
		grant_private_leave(&entry->access);                                               \
	}                                                                                          \
	_Static_assert(sizeof(type) <= 1024, "a grant is at most 1 KiB: " #type)

/* The cleanup attribute closes the grant on every way out of the block. The entry is filled where it
 * lies, all of it, so that no compiler need clear it first: it may make a call of memcpy of each copy. */
#define GRANT_ENTER(name, variable, grant, id)                                                     \
	for (struct name##_entry variable __attribute__((cleanup(name##_leave), uninitialized)),   \
	     *private_once = name##_enter(&variable, (grant), (id));                               \
	     private_once != NULL; private_once = NULL)

/* The same block for every process that already has this grant, in the order of the process table.
 * `continue` goes to the next one; `break` leaves only this process's block. */
#define GRANT_EACH(name, variable, grant)                                                          \
	for (uint32_t private_slot = 0; private_slot < GRANT_PRIVATE_END; private_slot++)          \
		for (struct name##_entry variable                                                  \
		     __attribute__((cleanup(name##_leave), uninitialized)),                        \
		     *private_once = name##_enter_next(&variable, (grant), &private_slot);         \
		     private_once != NULL; private_once = NULL)
