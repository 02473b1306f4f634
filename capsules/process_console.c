/* The process console between its port and its commands.
 *
 * There is one line buffer: while a line is out nothing is done. When it is back the next thing is, in this order:
 * a row of an answer, the prompt, the echo of a byte that was typed.
 *
 * Invariant: whenever the line buffer is here and nothing is being done, there is no answer under way, no prompt
 * wanted and no byte typed, unless the port has refused a line. While there is room for a byte, one is being
 * received. */

#include <capsules/process_console.h>
#include <capsules/process_console_commands.h>
#include <capsules/process_console_completion.h>

enum {
	/* Steps without anything to send: at most each byte typed, and for each the end of an answer. */
	STEPS_MAX = 1024,
};

/* Sends the line; false if the port refuses it, which loses it. */
static bool console_send(struct process_console *self, bool more)
{
	return self->line.length > 0 &&
	       uart_transmit(self->uart, &self->line.buffer, self->line.length, more) == ERROR_NONE;
}

static bool console_answer(struct process_console *self)
{
	if (process_console_commands_add_row(self)) {
		text_end_line(&self->line);
		return console_send(self, true);
	}
	if (self->command != COMMAND_CANDIDATES) {
		line_editor_next(&self->editor);
	}
	self->command = COMMAND_NONE;
	self->wants_prompt = !self->is_stopped;
	return false;
}

static bool console_prompt(struct process_console *self)
{
	self->wants_prompt = false;
	text_add(&self->line, SPAN_OF_TEXT("tock$ "));
	line_editor_add_line(&self->editor, &self->line);
	return console_send(self, false);
}

/* The line is to be answered. A blank one just ends. */
static void console_submit(struct process_console *self)
{
	self->command = (uint8_t)process_console_commands_find(self);
	self->row = 0;
	self->is_found = false;
	if (self->command == COMMAND_NONE) {
		line_editor_next(&self->editor);
		self->wants_prompt = !self->is_stopped;
	}
}

/* Receives the next byte, if there is room for it. */
static void console_receive(struct process_console *self)
{
	if (!buffer_is_empty(&self->receive) && self->typed_count < buffer_size(&self->typed)) {
		(void)uart_receive(self->uart, &self->receive, 1);
	}
}

static uint8_t console_take_typed(struct process_console *self)
{
	uint8_t byte = buffer_get(&self->typed, self->typed_first);

	self->typed_first = (self->typed_first + 1) % buffer_size(&self->typed);
	self->typed_count--;
	console_receive(self);
	return byte;
}

static bool console_echo(struct process_console *self)
{
	enum line_editor_event event =
	    line_editor_take(&self->editor, console_take_typed(self), &self->line);

	if (event == LINE_EDITOR_SUBMITTED) {
		console_submit(self);
	} else if (event == LINE_EDITOR_TAB && !self->is_stopped) {
		process_console_completion_begin(self);
	}
	return !self->is_stopped && console_send(self, self->command != COMMAND_NONE);
}

/* Does the next thing; false: nothing was sent. */
static bool console_step(struct process_console *self)
{
	text_clear(&self->line);
	if (self->command != COMMAND_NONE) {
		return console_answer(self);
	}
	if (self->wants_prompt) {
		return console_prompt(self);
	}
	return console_echo(self);
}

static void console_go_on(struct process_console *self)
{
	for (uint32_t i = 0; i < STEPS_MAX && !buffer_is_empty(&self->line.buffer); i++) {
		if (self->command == COMMAND_NONE && !self->wants_prompt &&
		    self->typed_count == 0) {
			return;
		}
		if (console_step(self)) {
			return;
		}
	}
}

static void console_transmitted(struct process_console *self, struct buffer buffer, uint32_t length,
				enum error_code status)
{
	(void)length;
	(void)status;
	text_restart(&self->line, &buffer);
	console_go_on(self);
}

static void console_received(struct process_console *self, struct buffer buffer, uint32_t length,
			     enum error_code status)
{
	(void)status;
	self->receive = buffer_take(&buffer);
	if (length > 0) {
		buffer_set(&self->typed,
			   (self->typed_first + self->typed_count) % buffer_size(&self->typed),
			   buffer_get(&self->receive, 0));
		self->typed_count++;
	}
	console_receive(self);
	console_go_on(self);
}

UART_CLIENT_IMPLEMENT(process_console, struct process_console, client,
		      .transmitted = console_transmitted, .received = console_received);

static void console_begin(struct process_console *self)
{
	console_receive(self);
	self->wants_prompt = true;
	console_go_on(self);
}

ALARM_CLIENT_IMPLEMENT(process_console, struct process_console, alarm_client,
		       .fired = console_begin);

void process_console_trust(struct process_console *self, const struct kernel_memory *kernel KEEP,
			   struct read_span build KEEP,
			   const struct process_inspect_capability *inspect,
			   const struct process_control_capability *control)
{
	self->kernel = kernel;
	self->build = build;
	self->inspect = inspect;
	self->control = control;
}

void process_console_init(struct process_console *self, struct uart *uart, struct alarm *alarm,
			  struct process_console_buffers *buffers, struct debug_log *log NULLABLE,
			  struct system_reset *reset NULLABLE)
{
	self->uart = uart;
	self->log = log;
	self->reset = reset;
	self->typed = buffer_take(&buffers->typed);
	self->receive = buffer_take(&buffers->receive);
	self->typed_first = 0;
	self->typed_count = 0;
	self->command = COMMAND_NONE;
	self->row = 0;
	self->is_found = false;
	self->is_stopped = false;
	self->wants_prompt = false;
	line_editor_init(&self->editor, &buffers->history);
	text_restart(&self->line, &buffers->line);
	uart_client_bind(&self->client, &process_console_uart_client_operations);
	uart_set_client(uart, &self->client);
	alarm_client_bind(&self->alarm_client, &process_console_alarm_client_operations);
	alarm_set_client(alarm, &self->alarm_client);
	alarm_set(alarm, alarm_now(alarm),
		  alarm_frequency(alarm) / 1000 * PROCESS_CONSOLE_DELAY_MS);
}
