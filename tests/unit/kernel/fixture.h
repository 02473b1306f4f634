#pragma once

#include "image.h"
#include <arch/host.h>
#include <kernel/board.h>
#include <kernel/capsule.h>
#include <kernel/entry.h>
#include <kernel/process.h>

/* A board that is not there: simulated flash and RAM, three drivers, and something that records
 * whatever the kernel tells. A test writes images, starts the kernel, and then plays the part of the
 * running process, of its hardware and of the drivers.
 *
 * fixture_call() and the other entries do what an arch does: the kernel's entry, then kernel_next();
 * after each they check the invariant of every process. */

enum {
	FIXTURE_FLASH = 0x28000000, /* above RAM; the boards have it below */
	FIXTURE_FLASH_BYTES = 0x20000,
	FIXTURE_RAM = 0x20000000,
	FIXTURE_RAM_BYTES = 0x10000,
	FIXTURE_SLOTS = 4,
	FIXTURE_LOADS = 64,
	FIXTURE_LINE = 3, /* the interrupt line that has a handler */
	FIXTURE_LINES = 5,
	FIXTURE_CLOCK_HZ = 1000,
	FIXTURE_FORMATS = 8, /* of credentials, that the checker knows */
};

/* Drivers by number. */
enum {
	TALKER = 0x1,    /* a grant with some of everything */
	PLAIN = 0x2,     /* no grant */
	LARGE = 0x30004, /* a large grant */
	NO_DRIVER = 0x0, /* an empty place in the table */
};

/* Slots of the grants. */
enum {
	TALKER_UPCALLS = 3,
	TALKER_READ_ONLY = 2,
	TALKER_READ_WRITE = 4,
	TALKER_USER_READABLE = 2,
	TALKER_STATE = 12,
	LARGE_UPCALLS = 1,
	LARGE_READ_ONLY = 1,
	LARGE_READ_WRITE = 1,
	LARGE_STATE = 1000,
};

/* Commands of TALKER; all but the first open the grant. */
enum {
	TALKER_EXISTS,
	TALKER_COUNT,      /* counts in the grant; success with the count */
	TALKER_SCHEDULE,   /* (number, argument): upcall(argument, +1, +2) to the caller at once */
	TALKER_OPEN_TWICE, /* success with whether the second opening worked */
	TALKER_ANSWER,     /* fixture.answer */
	TALKER_FILL,  /* (number, byte): writes the read-write buffer; success with its length */
	TALKER_SUM,   /* (number): adds the read-only buffer's bytes */
	TALKER_DEFER, /* sets the deferred call */
	TALKER_LEAVE_EARLY, /* (1 continue, 2 break, 3 return): leaves the block that way */
	TALKER_NOTIFY,      /* (TALKER_NOTIFICATION): share_notify() */
	TALKER_TELL, /* (number, byte): writes the user-readable buffer; success with its length */
	TALKER_DO,   /* calls fixture.command */
	TALKER_COMMANDS,
};

/* The slot of the receiver, the read-write buffer, the upcall: as one number. */
#define TALKER_NOTIFICATION(receiver, buffer, upcall) ((receiver) | (buffer) << 8 | (upcall) << 16)

/* System call classes. */
enum {
	YIELD,
	SUBSCRIBE,
	COMMAND,
	ALLOW_READ_WRITE,
	ALLOW_READ_ONLY,
	MEMOP,
	EXIT,
	ALLOW_USER_READABLE,
};

struct registers {
	uint32_t r[4];
};

/* The board's credential checker: what it is told to answer, and what it was asked. Left alone it
 * passes over all and requires nothing. */
struct fixture_checker {
	enum credential_verdict begin[FIXTURE_FORMATS]; /* by format; PASS for others */
	enum credential_verdict finish;
	uint8_t good_first; /* with this as the data's first byte, unless 0, finish() accepts */
	bool is_required;

	uint32_t formats[16]; /* of begin(), in order */
	uint32_t begins;
	uint32_t fed_from, fed_end; /* addresses that the last update()s gave without a gap */
	uint32_t finishes;
	uint32_t data, data_length; /* of the last finish(); address */
};

/* The board's filter of system calls: allows all unless told otherwise. */
struct fixture_filter {
	enum error_code answer;
	uint32_t asked;
	struct filtered_call call;                /* the last */
	uint32_t permissions, permissions_length; /* address */
};

/* What the talker answers when told to. */
struct fixture_answer {
	uint32_t variant;
	uint32_t values[3];
};

struct fixture {
	struct board board; /* may be changed before fixture_start() */
	struct process *processes[FIXTURE_SLOTS];

	struct load_result loads[FIXTURE_LOADS]; /* the first ones told */
	uint32_t load_count;
	uint32_t fault_count;
	struct process_id faulted;        /* the last */
	uint32_t restart_limit;           /* the fault policy: so many restarts, */
	enum fault_action after_restarts; /* then this */
	bool is_silent;
	struct faulted_process decided; /* what it was asked last */
	bool settles;                   /* acts on a fault at once, from within `faulted` */

	uint64_t ticks; /* what the clock says */
	uint32_t clock_reads;

	uint32_t slice_starts, slice_stops, slice_microseconds;
	bool slice_runs;

	struct fixture_checker checker;
	struct fixture_filter filter;

	struct fixture_answer answer;
	void (*command)(void); /* NULL: nothing */
	uint32_t deferred_runs;
	uint32_t resumptions;      /* that the resume client of TALKER's grant was told of */
	struct process_id resumed; /* the last one */
	void (*resuming)(void);    /* what it does; NULL: nothing */
	struct resume_client *resume_client; /* for board.resume_client */
	uint32_t deferred_again;             /* the deferred call sets itself so many times more */
	struct process_id notify; /* gets upcall 0 from each deferred call, unless NONE */
	uint32_t services;        /* of FIXTURE_LINE */

	char panic[256];
	uint32_t panic_length;
	uint32_t reports; /* calls of the panic reporter */
	struct panic_description report;
	bool report_panics; /* the reporter itself */
	bool writer_panics; /* the panic writer, when the reporter has begun */
	uint32_t image_end; /* where fixture_image() writes next */
};

extern struct fixture fixture;

/* cmocka's setup and teardown for each test. */
int fixture_setup(void **state);
int fixture_teardown(void **state);

#define FIXTURE_TEST(function)                                                                     \
	cmocka_unit_test_setup_teardown(function, fixture_setup, fixture_teardown)

/* Writes an image behind those written before; returns its address. */
uint32_t fixture_image(const struct image *image);

/* Starts the kernel; fails the test unless it comes to arch_run(). Returns with the first process
 * running, if there is one. */
void fixture_start(void);

/* Writes `count` ordinary applications of 0x1000 bytes of flash and RAM, and starts. */
void fixture_start_apps(uint32_t count);

/* A system call of the running process. Returns the argument registers afterwards, whatever became
 * of the process. If its stack cannot take the call it faults instead, and they are as passed. */
struct registers fixture_call(uint32_t class, uint32_t r0, uint32_t r1, uint32_t r2, uint32_t r3);

/* An interrupt, whose handler schedules an upcall for that process. */
enum error_code fixture_event(struct process_id id, uint32_t number, uint32_t a, uint32_t b,
			      uint32_t c);

/* Several events in one interrupt. */
void fixture_events(struct process_id id, uint32_t number, uint32_t count);

/* The way out of the kernel, after something that the test did itself. */
void fixture_next(void);

/* The running process faults. */
void fixture_fault(enum fault_cause cause);

/* The slice of the running process ends. */
void fixture_slice_expires(void);

/* What a person with the right capability does to a faulted process. */
enum fault_action fixture_settle(struct process_id id);

/* Fails the test unless process_invariant_holds() for all, the blocks are apart, and the processor's
 * protection shows the running process its own and nothing else. */
void fixture_check(void);

struct process *fixture_process(uint32_t slot);
struct process_description fixture_describe(uint32_t slot);

/* Memory of the simulated machine. */
uint8_t *fixture_bytes(uint32_t address);

/* Whether the access of TALKER to this process can be used for share_notify() after its block. */
enum error_code fixture_notify_after_block(struct process_id id, uint32_t receiver);

/* For each process that has the TALKER's grant: the order and the counts. */
uint32_t fixture_each_talker(uint32_t slots[FIXTURE_SLOTS], uint32_t leave_how);

/* What an access to the TALKER's grant is still good for, tried on upcall 0 and on read-only and
 * read-write buffer 0: after its block, or in it but after the process has begun a new life. */
struct access_use {
	enum error_code scheduled;
	uint32_t readable, writeable; /* bytes */
	uint32_t readable_at, writeable_at;
};

struct access_use fixture_use_in_block(struct process_id id);
struct access_use fixture_use_after_block(struct process_id id);
struct access_use fixture_use_after_restart(struct process_id id);
struct access_use fixture_use_after_fault(struct process_id id); /* of the running process */

/* Sets the TALKER's deferred call. */
void fixture_defer(void);

/* Opens the TALKER's grant for a process and says whether that worked. */
bool fixture_grant_opens(struct process_id id);

/* The running process. */
#define RUNNING (kernel.running)

#define assert_registers(actual, r0, r1, r2, r3)                                                   \
	do {                                                                                       \
		const struct registers registers_private = (actual);                               \
		assert_int_equal(registers_private.r[0], (r0));                                    \
		assert_int_equal(registers_private.r[1], (r1));                                    \
		assert_int_equal(registers_private.r[2], (r2));                                    \
		assert_int_equal(registers_private.r[3], (r3));                                    \
	} while (0)
