#pragma once

#include <capsules/debug_log.h>
#include <capsules/kernel_memory.h>
#include <capsules/process_overview.h>
#include <capsules/text.h>
#include <kernel/capsule.h>
#include <kernel/panic_reporter.h>
#include <kernel/panic_writer.h>

/* What the kernel tells when it stops for good, behind its first line ("kernel panic: MESSAGE"):
 *
 *     Process NAME had a fault
 *       program counter 0x00001234, called from 0x00000567
 *       trap at capsules/virtual_uart.c:68
 *       stack pointer 0x200003f8, 264 of 1280 bytes of stack used
 *       cause: illegal instruction
 *       address ...; status 0x10000
 *     App: NAME   -   [STATE]
 *       ...
 *       cause: wrote memory it may not
 *       address ...; status 0x7
 *       r0   00000000 ...
 *     console: 3 bytes ... (what the debug log had not yet told)
 *     the system is halted
 *
 * as far as it applies: the first line when the fault policy wants the system to halt because of that process;
 * for each process the overview of process_overview.h, and for a faulted one why, and its registers.
 * All of it goes through the panic writer, so that it comes also when interrupts and drivers are dead.
 *
 * RAM: 8 words and the line buffer, which nobody else uses. */
enum {
	PANIC_REPORT_LINE = PROCESS_OVERVIEW_LINE /* bytes that a line buffer must have */
};

struct panic_report {
	struct panic_reporter reporter;
	struct panic_writer *writer;
	const struct kernel_memory *kernel;
	const struct process_inspect_capability *inspect;
	struct debug_log_queue *log NULLABLE;
	struct text line;
};

/* Takes the line buffer. `kernel` must live for ever. */
void panic_report_init(struct panic_report *self, struct panic_writer *writer, struct buffer *line,
		       const struct kernel_memory *kernel KEEP,
		       const struct process_inspect_capability *inspect,
		       struct debug_log_queue *log NULLABLE);
