#pragma once

#include <arch/host.h>
#include <hil/alarm.h>
#include <hil/gpio_input.h>
#include <hil/gpio_pin.h>
#include <hil/i2c_master.h>
#include <hil/uart.h>
#include <kernel/board.h>
#include <kernel/capsule.h>
#include <kernel/entry.h>
#include <kernel/process.h>
#include <stdio.h>
#include <stdlib.h>

/* A whole machine on the host: the portable kernel, every capsule that a process can reach, and chips
 * that do what a fuzzer says. It has three or four processes, whose instructions are the fuzzer's too.
 *
 * Nothing here models what the kernel answers (tests/unit/kernel/model.h does). It says what must be so
 * after each step, whatever the step was:
 *
 *   K1  The invariant of DESIGN, section 3, holds for every process, and what MPU or PMP let the running
 *       one reach is its flash, its RAM up to the break, what others share with it now, and not one byte of
 *       2^32 more.
 *   K2  No byte of a process has changed but those that this step may write: read-write buffers that it
 *       shares, the flag of its yield-no-wait, registers that the architecture keeps on its stack, and
 *       memory that its break or its new life has just uncovered, which is zero.
 *   K3  While the kernel and capsules run, no byte of a process's own memory is touched, also not read,
 *       but those of K2 and buffers shared read-only. (Poisoned for the address sanitizer, which sees
 *       the ends of such ranges to 8 bytes.)
 *   K4  Grants, and places for events beyond the first, lie between kernel break and struct process, apart from each other and without gaps; none
 *       is left open; every shared buffer in them is still the process's. (A function need not be: a process
 *       that has given its memory back is sent there all the same, and faults.)
 *   K5  A process that can run and does not is in the scheduler exactly once, no other is; nobody sleeps
 *       whose event is in its queue; the kernel is asleep only when nobody can run. All time went to
 *       somebody.
 *   K6  Each event of a driver ran a function or ended a wait, was thrown away as the ABI says, was dropped
 *       and counted, is in the queue, or went with its process or its function. The queue holds exactly
 *       those left, in order.
 *   K7  No identity of a former life is good for anything.
 *   K8  The capsules' own invariants hold, those that their sources state at the top. When nothing comes
 *       from outside any more, all come to rest: every write ends, every fault is reported and settled,
 *       every buffer is back with its owner.
 *
 * A new capsule joins by its lines in machine_board.c, and in machine_audit.c by its invariant. */

enum {
	MACHINE_FLASH = 0x28000000,
	MACHINE_FLASH_BYTES = 0x4000,
	MACHINE_RAM = 0x20000000,
	MACHINE_RAM_BYTES = 0x4000,
	MACHINE_SLOTS = BOARD_PROCESS_SLOTS,
	MACHINE_LIVES = 64, /* former identities that are remembered */
};

#define CHECK(condition)                                                                           \
	do {                                                                                       \
		if (!(condition)) {                                                                \
			machine_fail(__FILE__, __LINE__, #condition);                              \
		}                                                                                  \
	} while (0)

_Noreturn void machine_fail(const char *file, int line, const char *what);

/* --- machine_board.c: what is on the board --- */

/* A driver, as far as the fuzzer must know it to make sense. */
struct machine_driver {
	uint32_t number;
	uint32_t commands;
	const struct grant *grant; /* NULL: none */
};

struct machine {
	struct board board;
	struct process *processes[MACHINE_SLOTS];
	bool slice_runs;
	char panic[128];
	uint32_t panic_length;
	struct process_id lives[MACHINE_LIVES];
	uint32_t life_count;
};

extern struct machine machine;
extern const struct machine_driver machine_drivers[];
extern const uint32_t machine_driver_count;

/* Builds the machine anew and starts it. The numbers choose among memory sizes and policies. */
void machine_start(uint8_t memory, uint8_t policy, uint32_t clock);

/* Whether the process console may do something to a process in this step. */
bool machine_shell_acts(void);

/* What capsules say of themselves (K8). */
void machine_audit_capsules(void);
void machine_audit_rest(void);

/* The virtual port whose turn it is. Whoever has sent a part of a message, and goes on at once, is not
 * interrupted: the port is given `next` right after a part of a message of `last`. */
struct virtual_uart;
const struct virtual_uart *machine_turn(void);
void machine_audit_turn(const struct virtual_uart *last, const struct buffer *next);

/* --- machine_scheduler.c --- */

/* From now on one of the kernel's schedulers, and nobody waits in it. */
void machine_scheduler_choose(uint8_t which);

/* --- machine_chips.c: the hardware --- */

enum machine_line {
	LINE_UART,
	LINE_ALARM,
	LINE_I2C,
	LINE_INPUTS,
	LINES
};

struct machine_uart {
	struct uart uart;
	struct interrupt_handler interrupt;
	struct deferred_call deferred; /* the end of an aborted receive */
	struct buffer transmit_buffer; /* empty: nothing is sent */
	struct buffer receive_buffer;
	uint32_t transmit_length, receive_length, received;
	bool transmit_more;
	bool is_aborting;
	uint32_t refusals;
	const struct virtual_uart *amid; /* whose message has just gone out in part, or NULL */
	/* What comes next; set by the fuzzer. */
	enum error_code refuse;   /* the next transmit or receive is refused with this */
	enum error_code status;   /* the transmit under way ends like this */
	const uint8_t *arriving;  /* the next interrupt brings these */
	uint32_t arriving_length; /* 0: the next interrupt ends a transmit */
	bool receive_breaks;      /* the next interrupt ends the receive, with `status` */
};

struct machine_alarm {
	struct alarm alarm;
	struct clock clock; /* the same ticks */
	struct interrupt_handler interrupt;
	uint64_t now, moment; /* ticks; the clock shown is the lower half */
	uint32_t haste;       /* ticks that pass each time somebody looks */
	bool is_armed;
};

struct machine_pin {
	struct gpio_pin gpio_pin;
	bool is_high;
};

struct machine_i2c {
	struct i2c_master i2c_master;
	struct interrupt_handler interrupt;
	struct buffer buffer; /* empty: no transfer is under way */
	uint32_t read_length;
	/* What comes next; set by the fuzzer. */
	enum error_code refuse; /* the next transfer is refused with this */
	enum error_code status; /* the one under way ends like this */
	uint8_t answer;         /* each byte that is read */
};

enum {
	MACHINE_INPUTS = 2
};

struct machine_input {
	struct gpio_input gpio_input;
	bool is_high;
	bool is_watched;
};

struct machine_inputs {
	struct interrupt_handler interrupt;
	struct machine_input inputs[MACHINE_INPUTS];
	/* What comes next; set by the fuzzer. */
	uint32_t change; /* bits of inputs whose level changes */
};

void machine_i2c_init(struct machine_i2c *self);
void machine_inputs_init(struct machine_inputs *self);
void machine_uart_init(struct machine_uart *self);
void machine_alarm_init(struct machine_alarm *self, uint64_t now, uint32_t haste);
void machine_pin_init(struct machine_pin *self);

extern struct machine_uart machine_uart;
extern struct machine_alarm machine_alarm;
extern struct machine_i2c machine_i2c;
extern struct machine_inputs machine_inputs;

/* --- machine_governor.c: a driver of process control --- */

struct governor_app {
	uint32_t calls;
};

GRANT_DEFINE(governor_grant, struct governor_app, .upcalls = 1, .read_only = 1, .read_write = 1);

struct machine_governor {
	struct driver driver;
	struct governor_grant grant;
};

enum {
	GOVERNOR = 0x5, /* its number */
	IPC = 0x10000,
	GOVERNOR_COMMANDS = 7,
	GOVERNOR_RESUME = 2,
};

extern struct machine_governor machine_governor;

void machine_governor_init(struct machine_governor *self);

/* What a command of it does. */
enum error_code machine_govern(uint32_t command, struct process_id id);

/* --- machine_memory.c: K2 and K3 --- */

/* All memory is as it is now; and nobody has written flash since. */
void machine_memory_begin(void);
void machine_memory_end(void);

/* Around each entry of the kernel. */
void machine_memory_guard(void);
void machine_memory_check(void);

/* This step may read, or also write, [address, address + length). */
void machine_memory_may_read(uint32_t address, uint32_t length);
void machine_memory_may_write(uint32_t address, uint32_t length);

/* This step may begin a new life of this process. */
void machine_memory_may_restart(const struct process *process);

/* This step may take memory for grants of this process. */
void machine_memory_may_take(const struct process *process);

/* The running process itself stores a byte. */
void machine_memory_store(uint32_t address, uint8_t byte);

/* --- machine_upcalls.c: K6 --- */

void machine_upcalls_begin(void);
void machine_upcalls_before_call(uint32_t class, const uint32_t registers[4]);
void machine_upcalls_after_subscribe(const struct process *process, const uint32_t registers[4]);
void machine_upcalls_check(void);

/* --- machine_audit.c: the others --- */

void machine_audit(void);

/* --- machine.c: what can happen --- */

/* The running process, or NULL. */
#define RUNNING (kernel.running)

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

/* Each of these is one entry of the kernel, with all checks behind it. */
void machine_call(uint32_t class, const uint32_t registers[4]);
void machine_fault(enum fault_cause cause);
void machine_slice_expires(void);
void machine_interrupt(enum machine_line line);
void machine_control(uint32_t command, struct process_id id);

/* The running process loads or stores: done, or its fault. */
void machine_access(uint32_t address, bool store, uint8_t byte);

/* Nothing comes from outside any more: runs until all rest, and checks that they do. */
void machine_finish(void);
