#pragma once

#include <capsules/fault_line.h>
#include <capsules/text.h>
#include <hil/uart.h>
#include <kernel/capsule.h>
#include <kernel/observer.h>
#include <kernel/panic_writer.h>

/* Tells people what became of applications: one line for each that was not started, and a report of
 * 38 to 44 lines for each that faulted.
 *
 *   F1  A line for an application that was not started goes through the panic writer while the
 *       kernel starts. Started applications and padding are silent.
 *   F2  A fault report goes out through the port line by line, held together by `more`. It begins
 *       with "\r\nprocess NAME (pid N) faulted: CAUSE\r\n" and ends with "process NAME stopped\r\n",
 *       "process NAME restarts\r\n" or "process NAME halts the system\r\n".
 *   F3  When the last line is out the fault policy's decision is done, by process_settle(): once for
 *       each fault, also when the port fails. Until then the process is frozen, so that every line can
 *       be made from what the kernel tells at that moment; nothing is copied.
 *   F4  Processes that fault during a report wait, and are reported in the order of the process
 *       table.
 *   F5  Names come from flash and may hold anything: what is not printable is shown as '?', and
 *       only the first 32 characters are shown.
 *
 * RAM: 23 words and the line buffer. Stack: up to 700 bytes.
 */
enum {
	PROCESS_REPORTER_LINE = 144, /* bytes that a line buffer must have */
	PROCESS_REPORTER_SLOTS = 256
};

struct process_reporter {
	struct observer observer;
	struct uart_client client;
	struct deferred_call deferred;
	uint8_t part; /* of the report: what the next line is taken from */
	uint8_t row;  /* of that part */
	struct uart *uart;
	struct panic_writer *writer;
	const struct kernel_memory *kernel;
	const struct process_inspect_capability *inspect;
	const struct process_control_capability *control;
	struct text line;           /* its buffer is away while a line goes out */
	struct process_id reported; /* whose report is going out, or none */
	uint32_t waiting[PROCESS_REPORTER_SLOTS / 32]; /* bit set: faulted, not yet reported */
};

/* Takes the line buffer, of PROCESS_REPORTER_LINE bytes. `kernel` must live for ever. */
void process_reporter_init(struct process_reporter *self, struct uart *uart,
			   struct panic_writer *writer, struct buffer *line,
			   const struct kernel_memory *kernel KEEP);
void process_reporter_trust(struct process_reporter *self,
			    const struct process_inspect_capability *inspect,
			    const struct process_control_capability *control);
