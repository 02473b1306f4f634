/* System-call driver 0x8: short messages, one line each.
 *
 * A command puts its message into the queue of its process; whenever the line buffer is here the
 * next process in turn with anything to tell has one line made. The wording is Tock's, so that
 * tools which know it work.
 *
 * Invariant: while a process's `dropped` is not 0, its queue only shrinks; so the line about lost
 * messages stands where they would have stood. */

#include <capsules/low_level_debug.h>

enum {
	COMMAND_EXISTS = 0,
	COMMAND_ALERT = 1,
	COMMAND_PRINT_1 = 2,
	COMMAND_PRINT_2 = 3,
};

static bool has_something(const struct low_level_debug_app *app)
{
	return app->count > 0 || app->dropped > 0;
}

static void put_message(struct low_level_debug_app *app, uint32_t command, uint32_t value1,
			uint32_t value2)
{
	if (app->count == LOW_LEVEL_DEBUG_QUEUE || app->dropped > 0) {
		app->dropped++;
		return;
	}
	app->queue[(app->first + app->count) % LOW_LEVEL_DEBUG_QUEUE] =
	    (struct low_level_debug_message){command, {value1, value2}};
	app->count++;
}

static const struct read_span words_by_command[] = {
    [COMMAND_ALERT] = SPAN_OF_TEXT("LowLevelDebug: App {x} alert code {x}\n"),
    [COMMAND_PRINT_1] = SPAN_OF_TEXT("LowLevelDebug: App {x} prints {x}\n"),
    [COMMAND_PRINT_2] = SPAN_OF_TEXT("LowLevelDebug: App {x} prints {x} {x}\n"),
};

/* Makes a line of the oldest thing this process has to tell, and takes it off its list. */
static void take_line(struct low_level_debug_app *app, struct process_id process, struct text *line)
{
	if (app->count == 0) {
		text_format_3(line,
			      SPAN_OF_TEXT("LowLevelDebug: Dropped {x} entries for app {x}\n"),
			      app->dropped, process_id_number(process), 0);
		app->dropped = 0;
		return;
	}

	const struct low_level_debug_message *message = ELEMENT(app->queue, app->first);

	text_format_3(line, words_by_command[message->command], process_id_number(process),
		      message->values[0], message->values[1]);
	app->first = (app->first + 1) % LOW_LEVEL_DEBUG_QUEUE;
	app->count--;
}

/* The first process after the last one's place that has something to tell; around the end, the
 * first at all. */
static struct process_id debug_next(struct low_level_debug *self)
{
	struct process_id first = PROCESS_ID_NONE;
	struct process_id next = PROCESS_ID_NONE;
	bool past_last = false;

	GRANT_EACH(low_level_debug_grant, app, &self->grant) {
		struct process_id each = grant_access_process(app.access);

		if (has_something(app.state)) {
			if (process_id_equal(first, PROCESS_ID_NONE)) {
				first = each;
			}
			if (past_last && process_id_equal(next, PROCESS_ID_NONE)) {
				next = each;
			}
		}
		past_last = past_last || process_id_equal(each, self->last);
	}
	return process_id_equal(next, PROCESS_ID_NONE) ? first : next;
}

/* If the port refuses the line it is lost; the next command tries with the next one. */
static void debug_send(struct low_level_debug *self)
{
	if (buffer_is_empty(&self->line.buffer)) {
		return;
	}
	text_clear(&self->line);
	if (self->grant_failed) {
		self->grant_failed = false;
		text_add(&self->line, SPAN_OF_TEXT("LowLevelDebug: grant init failed\n"));
	} else {
		self->last = debug_next(self);
		GRANT_ENTER(low_level_debug_grant, app, &self->grant, self->last) {
			take_line(app.state, self->last, &self->line);
		}
	}
	if (self->line.length > 0) {
		(void)uart_transmit(self->uart, &self->line.buffer, self->line.length, false);
	}
}

static void debug_transmitted(struct low_level_debug *self, struct buffer buffer, uint32_t length,
			      enum error_code status)
{
	(void)length;
	(void)status;
	text_restart(&self->line, &buffer);
	debug_send(self);
}

/* Never receives, but a client has both. */
static void debug_received(struct low_level_debug *self, struct buffer buffer, uint32_t length,
			   enum error_code status)
{
	(void)self;
	(void)length;
	(void)status;
	buffer_drop(&buffer);
}

UART_CLIENT_IMPLEMENT(low_level_debug, struct low_level_debug, client,
		      .transmitted = debug_transmitted, .received = debug_received);

static void debug_put(struct low_level_debug *self, struct process_id caller, uint32_t command,
		      uint32_t value1, uint32_t value2)
{
	bool queued = false;

	GRANT_ENTER(low_level_debug_grant, app, &self->grant, caller) {
		put_message(app.state, command, value1, value2);
		queued = true;
	}
	self->grant_failed = self->grant_failed || !queued;
	debug_send(self);
}

static struct command_result debug_command(struct low_level_debug *self, struct process_id caller,
					   uint32_t command, uint32_t value1, uint32_t value2,
					   struct command_reply *reply)
{
	(void)reply;
	if (command > COMMAND_PRINT_2) {
		return command_failure(ERROR_NOSUPPORT);
	}
	if (command != COMMAND_EXISTS) {
		debug_put(self, caller, command, value1, value2);
	}
	return command_success();
}

DRIVER_IMPLEMENT(low_level_debug, struct low_level_debug, driver, .command = debug_command);

void low_level_debug_init(struct low_level_debug *self, struct uart *uart, struct buffer *line)
{
	self->uart = uart;
	self->last = PROCESS_ID_NONE;
	self->grant_failed = false;
	text_restart(&self->line, line);
	low_level_debug_grant_init(&self->grant);
	driver_bind(&self->driver, &low_level_debug_driver_operations, &self->grant.grant);
	uart_client_bind(&self->client, &low_level_debug_uart_client_operations);
	uart_set_client(uart, &self->client);
}
