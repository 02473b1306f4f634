#pragma once

/* The kernel and the hardware as a capsule sees them, small enough to look into. */

#include <hil/alarm.h>
#include <hil/debug_log.h>
#include <hil/gpio_pin.h>
#include <hil/uart.h>
#include <kernel/board.h>
#include <kernel/capsule.h>
#include <kernel/process_control.h>
#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>

/* After the others: it needs them. */
#include <cmocka.h>

enum {
	FAKE_PROCESSES = BOARD_PROCESS_SLOTS,
	FAKE_SHARED = 4,  /* shared buffers of each kind */
	FAKE_QUEUE = 256, /* upcalls */
	FAKE_LOG = 65536, /* bytes */
};

struct fake_upcall {
	uint32_t number;
	uint32_t arguments[3];
};

/* A slot of the process table. */
struct process {
	struct process_id id; /* none: the slot is empty */
	bool is_alive;
	bool has_no_memory; /* grants fail */
	uint32_t short_id;
	struct read_span storage_permissions;
	struct process_description description;
	struct process_registers registers;
	uint32_t settled; /* times process_settle() was called for this life */

	const struct grant *grant; /* the one it has, or NULL */
	bool grant_is_open;
	alignas(16) uint8_t grant_state[1024];
	struct read_span read_only[FAKE_SHARED];
	struct write_span read_write[FAKE_SHARED];
	struct write_span user_readable[FAKE_SHARED];

	struct fake_upcall upcalls[FAKE_QUEUE];
	uint32_t upcall_count;
	bool queue_is_full;
};

extern struct process fake_processes[FAKE_PROCESSES];

/* What the process control was asked for: one letter and the slot for each call ("s0": stop the process in slot 0;
 * r resume, t terminate, b boot, f make fault). It answers with fake_control_status. */
extern char fake_control[64];
extern enum error_code fake_control_status;
extern struct kernel_statistics fake_statistics;
/* What kernel_panic_request() was called with; empty: it was not. It returns, here. */
extern char fake_panic[64];

extern enum fault_action fake_settlement;

/* Empties everything. */
void fake_kernel_reset(void);

/* Begins a new life in the slot; a life that is there ends. */
struct process_id fake_process_start(uint32_t slot);
void fake_process_end(uint32_t slot);

void fake_share_read_only(uint32_t slot, uint32_t number, const void *bytes, uint32_t length);
void fake_share_read_write(uint32_t slot, uint32_t number, void *bytes, uint32_t length);

void fake_share_user_readable(uint32_t slot, uint32_t number, void *bytes, uint32_t length);

/* Checks that the process has exactly this one upcall, and removes it. */
void fake_expect_upcall(uint32_t slot, uint32_t number, uint32_t argument1, uint32_t argument2,
			uint32_t argument3);
void fake_expect_no_upcall(uint32_t slot);

/* What a command answered. */
struct fake_answer {
	uint32_t variant;
	uint32_t error; /* of a failure */
	uint32_t value; /* the first, of a success with values */
};

struct fake_answer fake_command(struct driver *driver, struct process_id caller, uint32_t command,
				uint32_t argument1, uint32_t argument2);

#define EXPECT_SUCCESS(answer)        assert_int_equal((answer).variant, RETURN_SUCCESS)
#define EXPECT_VALUE(result, value)   fake_expect_value((result), (value))
#define EXPECT_FAILURE(result, error) fake_expect_failure((result), (error))
void fake_expect_value(struct fake_answer answer, uint32_t value);
void fake_expect_failure(struct fake_answer answer, enum error_code error);

void fake_deferred_calls_run(void);
bool fake_deferred_calls_wait(void);

/* Whether a call into a capsule is under way, in which nobody may be called back. */
extern bool fake_is_inside_call;

/* A serial port. Finishes what it was asked for when the test says so. */
struct fake_uart {
	struct uart uart;
	struct deferred_call deferred; /* the end of an aborted receive */

	bool is_transmitting;
	struct buffer transmit_buffer;
	uint32_t transmit_length;
	bool transmit_more;
	enum error_code refuse_transmit; /* with this, if not ERROR_NONE */

	bool is_receiving;
	bool is_aborting;
	struct buffer receive_buffer;
	uint32_t receive_length;
	uint32_t received;
	enum error_code refuse_receive;

	char log[FAKE_LOG]; /* all that was transmitted, as a string */
	uint32_t log_length;
};

void fake_uart_init(struct fake_uart *self);
/* Ends the transmit under way, having sent all of it. */
void fake_uart_finish(struct fake_uart *self);
/* Ends it with an error, having sent `length` bytes. */
void fake_uart_fail(struct fake_uart *self, uint32_t length, enum error_code status);
/* Ends transmits (and runs deferred calls) until there are none; returns how many there were. */
uint32_t fake_uart_drain(struct fake_uart *self);
/* Bytes come in. */
void fake_uart_type(struct fake_uart *self, const char *bytes);
/* Ends the receive under way with an error. */
void fake_uart_break(struct fake_uart *self, enum error_code status);
/* Checks the log, and empties it. */
void fake_uart_expect(struct fake_uart *self, const char *expected);

/* A clock that never wraps, seen through 32 bits. */
struct fake_alarm {
	struct alarm alarm;
	uint64_t now;
	uint64_t moment;
	bool is_armed;
	uint32_t sets;
};

void fake_alarm_init(struct fake_alarm *self, uint64_t now);
/* Time passes; when the moment comes the alarm fires, `late` ticks after it. */
void fake_alarm_advance(struct fake_alarm *self, uint64_t ticks, uint32_t late);
/* The moment (reference, dt) on the clock that never wraps. */
uint64_t fake_alarm_moment(const struct fake_alarm *self, uint32_t reference, uint32_t dt);

struct fake_pin {
	struct gpio_pin gpio_pin;
	bool is_output;
	bool is_high;
};

void fake_pin_init(struct fake_pin *self);

struct fake_writer {
	struct panic_writer panic_writer;
	char log[FAKE_LOG];
	uint32_t log_length;
};

void fake_writer_init(struct fake_writer *self);
void fake_writer_expect(struct fake_writer *self, const char *expected);

/* A debug log: the messages as they were given. */
struct fake_log {
	struct debug_log debug_log;
	char log[1024]; /* "words(value1,value2)\n" for each */
};

void fake_log_init(struct fake_log *self);
void fake_log_expect(struct fake_log *self, const char *expected);

/* Pseudo-random numbers, the same in every run. */
uint32_t fake_random(uint64_t *state);
