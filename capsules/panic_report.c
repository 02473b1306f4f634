/* The report of a panic: every line is made in the one buffer and written before the next one. Nothing that
 * was said is remembered, nothing that a panic could have left half done is relied on. */

#include <capsules/fault_line.h>
#include <capsules/panic_report.h>
#include <kernel/observer.h>

enum {
	OVERVIEW_ROWS = 64, /* more than any overview has */
	NAME_LIMIT = 32     /* characters shown of a name */
};

static void report_line(struct panic_report *self)
{
	text_end_line(&self->line);
	panic_writer_write(self->writer, buffer_span(&self->line.buffer, self->line.length));
	text_clear(&self->line);
}

static void add_address(struct text *line, struct read_span words, uint32_t address)
{
	text_add(line, words);
	text_add_hex_padded(line, address);
}

/* Whose fault it is, in Tock's words, if it is a process's: the fault policy has said so. */
static void report_culprit(struct panic_report *self)
{
	struct process_description process = {0};

	for (uint32_t slot = 0; slot < process_slots(); slot++) {
		if (process_describe(slot, self->inspect, &process) &&
		    process_settlement(process.id) == FAULT_ACTION_PANIC) {
			text_add(&self->line, SPAN_OF_TEXT("Process "));
			text_add_foreign(&self->line, process.name, NAME_LIMIT);
			text_add(&self->line, SPAN_OF_TEXT(" had a fault"));
			report_line(self);
		}
	}
}

static void report_place(struct panic_report *self, const struct panic_description *panic)
{
	struct text *line = &self->line;

	add_address(line, SPAN_OF_TEXT("  program counter 0x"), panic->program_counter);
	if (panic->link != 0) {
		add_address(line, SPAN_OF_TEXT(", called from 0x"), panic->link);
	}
	report_line(self);
	if (panic->trap_line != 0) {
		text_add(line, SPAN_OF_TEXT("  trap at "));
		text_add(line, panic->trap_file);
		text_add_char(line, ':');
		text_add_decimal(line, panic->trap_line);
		report_line(self);
	}
}

static void report_stack(struct panic_report *self, const struct panic_description *panic)
{
	struct text *line = &self->line;

	add_address(line, SPAN_OF_TEXT("  stack pointer 0x"), panic->stack_pointer);
	text_add(line, SPAN_OF_TEXT(", "));
	text_add_decimal(line, panic->stack_end - panic->stack_pointer);
	text_add(line, SPAN_OF_TEXT(" of "));
	text_add_decimal(line, panic->stack_end - panic->stack_start);
	text_add(line, SPAN_OF_TEXT(" bytes of stack used"));
	report_line(self);
}

static void report_fault_of(struct panic_report *self, const struct process_description *process)
{
	text_add(&self->line, SPAN_OF_TEXT("  cause: "));
	fault_line_add_cause(&self->line, process);
	report_line(self);
	fault_line_add_address(&self->line, process, self->kernel, self->inspect);
	report_line(self);
}

/* The words for a process's fault serve: the kernel is told as one that has nothing but its stack. */
static void report_fault(struct panic_report *self, const struct panic_description *panic)
{
	struct process_description none = {0};

	if (panic->fault.cause == FAULT_NONE) {
		return;
	}
	none.fault = panic->fault;
	none.ram_start = panic->stack_start;
	none.stack_pointer = panic->stack_pointer;
	report_fault_of(self, &none);
}

static void report_registers(struct panic_report *self, struct process_id process)
{
	for (uint32_t row = 0; row < PROCESS_REGISTERS_MAX; row++) {
		if (!fault_line_add_registers(&self->line, process, row, self->inspect)) {
			return;
		}
		report_line(self);
	}
}

static void report_process(struct panic_report *self, const struct process_description *process)
{
	for (uint32_t row = 0; row < OVERVIEW_ROWS; row++) {
		if (!process_overview_add_row(&self->line, process, row)) {
			break;
		}
		report_line(self);
	}
	if (process->state == PROCESS_FAULTED) {
		report_fault_of(self, process);
		report_registers(self, process->id);
	}
}

static void report_processes(struct panic_report *self)
{
	struct process_description process = {0};

	for (uint32_t slot = 0; slot < process_slots(); slot++) {
		if (process_describe(slot, self->inspect, &process)) {
			report_process(self, &process);
		}
	}
}

static void report_log(struct panic_report *self)
{
	struct debug_log_queue *log = self->log;

	if (log == NULL) {
		return;
	}
	for (uint32_t i = 0; i < DEBUG_LOG_MESSAGES + 1; i++) {
		if (!debug_log_queue_add_pending(log, i, &self->line)) {
			return;
		}
		report_line(self);
	}
}

static void report_all(struct panic_report *self, const struct panic_description *panic)
{
	text_clear(&self->line);
	report_culprit(self);
	report_place(self, panic);
	report_stack(self, panic);
	report_fault(self, panic);
	report_processes(self);
	report_log(self);
	text_add(&self->line, SPAN_OF_TEXT("the system is halted"));
	report_line(self);
}

PANIC_REPORTER_IMPLEMENT(panic_report, struct panic_report, reporter, .report = report_all);

void panic_report_init(struct panic_report *self, struct panic_writer *writer, struct buffer *line,
		       const struct kernel_memory *kernel KEEP,
		       const struct process_inspect_capability *inspect,
		       struct debug_log_queue *log NULLABLE)
{
	self->writer = writer;
	self->kernel = kernel;
	self->inspect = inspect;
	self->log = log;
	text_restart(&self->line, line);
	panic_reporter_bind(&self->reporter, &panic_report_panic_reporter_operations);
}
