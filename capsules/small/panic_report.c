/* In place of capsules/panic_report.c, for boards that have no flash for words: one line of numbers. `make where` tells
 * which places they are. */

#include <capsules/panic_report.h>

static void report_all(struct panic_report *self, const struct panic_description *panic)
{
	struct text_numbers numbers = {5,
				       {panic->program_counter, panic->link, panic->stack_pointer,
					panic->fault.status, panic->fault.address}};

	text_clear(&self->line);
	text_format(
	    &self->line,
	    SPAN_OF_TEXT("  pc {x} lr {x} sp {x} status {x} address {x}\r\nthe system is halted"),
	    SPAN_OF_TEXT(""), &numbers);
	text_end_line(&self->line);
	panic_writer_write(self->writer, buffer_span(&self->line.buffer, self->line.length));
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
