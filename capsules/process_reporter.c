/* Tells people what became of applications.
 *
 * A report is made of parts, a part of rows. Only (part, row) is remembered: each time a line has
 * gone out the next one is made from what the kernel tells about the frozen process.
 *
 * Invariant: while `reported` names a process, that process is faulted and not settled, and either
 * the line buffer is with the port or the deferred call is set; so the report goes on. */

#include <capsules/load_line.h>
#include <capsules/memory_map.h>
#include <capsules/process_reporter.h>
#include <capsules/process_words.h>

enum report_part {
	PART_HEAD,
	PART_REGISTERS,
	PART_MAP,
	PART_COUNTS,
	PART_END,
	PARTS,
};

static void reporter_loaded(struct process_reporter *self, const struct load_result *result)
{
	text_clear(&self->line);
	load_line_add(&self->line, result);
	if (self->line.length > 0) {
		text_end_line(&self->line);
		panic_writer_write(self->writer,
				   buffer_span(&self->line.buffer, self->line.length));
	}
}

static void add_first_line(struct text *line, const struct process_description *process)
{
	process_words_add(line, SPAN_OF_TEXT("\r\nprocess {n32} (pid {a}) faulted: "), process);
	fault_line_add_cause(line, process);
}

static void add_last_line(struct text *line, const struct process_description *process)
{
	struct read_span words = SPAN_OF_TEXT("process {n32} stopped");
	enum fault_action action = process_settlement(process->id);

	if (action == FAULT_ACTION_RESTART) {
		words = SPAN_OF_TEXT("process {n32} restarts");
	} else if (action == FAULT_ACTION_PANIC) {
		words = SPAN_OF_TEXT("process {n32} halts the system");
	}
	process_words_add(line, words, process);
}

static bool add_head_row(struct process_reporter *self, const struct process_description *process)
{
	switch (self->row) {
	case 0:
		add_first_line(&self->line, process);
		return true;
	case 1:
		fault_line_add_address(&self->line, process, self->kernel, self->inspect);
		return true;
	default:
		return false;
	}
}

/* Adds row `row` of part `part`; false when the part has no such row. */
static bool add_row(struct process_reporter *self, const struct process_description *process)
{
	switch (self->part) {
	case PART_HEAD:
		return add_head_row(self, process);
	case PART_REGISTERS:
		return fault_line_add_registers(&self->line, process->id, self->row, self->inspect);
	case PART_MAP:
		return memory_map_add_row(&self->line, process, self->row);
	case PART_COUNTS:
		fault_line_add_counts(&self->line, process);
		return self->row == 0;
	case PART_END:
		add_last_line(&self->line, process);
		return self->row == 0;
	default:
		return false;
	}
}

/* Makes the line after the last one made; false when the report is complete. */
static bool reporter_next_line(struct process_reporter *self,
			       const struct process_description *process)
{
	for (uint32_t i = 0; i < PARTS && self->part < PARTS; i++) {
		text_clear(&self->line);
		if (add_row(self, process)) {
			text_end_line(&self->line);
			self->row++;
			return true;
		}
		self->part++;
		self->row = 0;
	}
	return false;
}

/* Sends the next line. False when there is none: the report is out, its process is gone, or the
 * port does not work. */
static bool reporter_send(struct process_reporter *self)
{
	struct process_description process = {0};

	if (!process_describe_id(self->reported, self->inspect, &process) ||
	    process.state != PROCESS_FAULTED || !reporter_next_line(self, &process)) {
		return false;
	}
	return uart_transmit(self->uart, &self->line.buffer, self->line.length,
			     self->part != PART_END) == ERROR_NONE;
}

/* The bit in `waiting` of a process. */
static uint32_t waiting_word(const struct process_reporter *self, uint32_t slot)
{
	return slot / 32 % ARRAY_LENGTH(self->waiting);
}

static bool take_waiting(struct process_reporter *self, uint32_t slot)
{
	uint32_t word = waiting_word(self, slot);
	uint32_t bit = 1u << (slot % 32);
	bool was_waiting = (self->waiting[word] & bit) != 0;

	self->waiting[word] &= ~bit;
	return was_waiting;
}

/* Chooses the next process to report and sends its first line. */
static void reporter_begin(struct process_reporter *self)
{
	struct process_description process = {0};

	for (uint32_t slot = 0; slot < process_slots(); slot++) {
		if (!take_waiting(self, slot) || !process_describe(slot, self->inspect, &process)) {
			continue;
		}
		self->reported = process.id;
		self->part = PART_HEAD;
		self->row = 0;
		if (!reporter_send(self)) {
			deferred_call_set(&self->deferred);
		}
		return;
	}
}

/* The process has been told about, as well as could be: the policy acts. */
static void reporter_finish(struct process_reporter *self)
{
	struct process_id reported = self->reported;

	self->reported = PROCESS_ID_NONE;
	(void)process_settle(reported, self->control);
	reporter_begin(self);
}

DEFERRED_CALL_IMPLEMENT(process_reporter, struct process_reporter, deferred,
			.run = reporter_finish);

static void reporter_transmitted(struct process_reporter *self, struct buffer buffer,
				 uint32_t length, enum error_code status)
{
	(void)length;
	text_restart(&self->line, &buffer);
	if (status != ERROR_NONE || !reporter_send(self)) {
		reporter_finish(self);
	}
}

/* Never receives, but a client has both. */
static void reporter_received(struct process_reporter *self, struct buffer buffer, uint32_t length,
			      enum error_code status)
{
	(void)self;
	(void)length;
	(void)status;
	buffer_drop(&buffer);
}

UART_CLIENT_IMPLEMENT(process_reporter, struct process_reporter, client,
		      .transmitted = reporter_transmitted, .received = reporter_received);

static void reporter_faulted(struct process_reporter *self, struct process_id id)
{
	uint32_t slot = process_id_slot(id);

	self->waiting[waiting_word(self, slot)] |= 1u << (slot % 32);
	if (process_id_equal(self->reported, PROCESS_ID_NONE)) {
		reporter_begin(self);
	}
}

OBSERVER_IMPLEMENT(process_reporter, struct process_reporter, observer, .loaded = reporter_loaded,
		   .faulted = reporter_faulted);

void process_reporter_trust(struct process_reporter *self,
			    const struct process_inspect_capability *inspect,
			    const struct process_control_capability *control)
{
	self->inspect = inspect;
	self->control = control;
}

void process_reporter_init(struct process_reporter *self, struct uart *uart,
			   struct panic_writer *writer, struct buffer *line,
			   const struct kernel_memory *kernel KEEP)
{
	self->uart = uart;
	self->writer = writer;
	self->kernel = kernel;
	self->reported = PROCESS_ID_NONE;
	for (uint32_t i = 0; i < ARRAY_LENGTH(self->waiting); i++) {
		self->waiting[i] = 0;
	}
	text_restart(&self->line, line);
	deferred_call_bind(&self->deferred, &process_reporter_deferred_call_operations);
	observer_bind(&self->observer, &process_reporter_observer_operations);
	uart_client_bind(&self->client, &process_reporter_uart_client_operations);
	uart_set_client(uart, &self->client);
}
