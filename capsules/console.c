/* System-call driver 0x1: text between processes and one serial port.
 *
 * A write goes out in pieces through one buffer. While a piece is with the port, `writer` says
 * whose it is; when it comes back the same process goes on, and after its last piece the process
 * that has waited longest. All that is known of a write is in its process's grant: when the process
 * is gone, so is the write.
 *
 * Invariant: a process has `writing` set only while the write buffer is with the port, so that the
 * buffer's return lets it go on. The read buffer is here exactly when there is no reader. */

#include <capsules/console.h>

enum {
	COMMAND_EXISTS = 0,
	COMMAND_WRITE = 1,
	COMMAND_READ = 2,
	COMMAND_ABORT_READ = 3,

	UPCALL_WRITTEN = 1,
	UPCALL_READ = 2,

	SHARED_WRITE = 1, /* read-only slot */
	SHARED_READ = 1,  /* read-write slot */
};

/* Upcalls that find no room are counted by the kernel; there is nobody to tell. */
static void tell_written(struct grant_access access, struct console_app *app)
{
	app->writing = false;
	(void)upcall_schedule(access, UPCALL_WRITTEN, app->written, 0, 0);
}

static void tell_read(struct grant_access access, enum error_code status, uint32_t length)
{
	(void)upcall_schedule(access, UPCALL_READ, status, length, 0);
}

/* Sends the next piece. False if there is none: the write is over and its process has been told. */
static bool console_write_piece(struct console *self, struct grant_access access,
				struct console_app *app)
{
	uint32_t length = read_span_copy(allowed_read_only(access, SHARED_WRITE), app->written,
					 &self->write_buffer, app->length - app->written);
	bool more = app->written + length < app->length;

	if (length == 0 ||
	    uart_transmit(self->uart, &self->write_buffer, length, more) != ERROR_NONE) {
		tell_written(access, app);
		return false;
	}
	self->writer = grant_access_process(access);
	app->piece_is_of_this_write = true;
	return true;
}

static struct process_id console_longest_waiting(struct console *self)
{
	struct process_id longest = PROCESS_ID_NONE;
	uint32_t age = 0;

	GRANT_EACH(console_grant, app, &self->grant) {
		/* Tickets wrap, their distance does not: every waiting process has one. */
		if (app.state->writing && self->tickets - app.state->ticket > age) {
			age = self->tickets - app.state->ticket;
			longest = grant_access_process(app.access);
		}
	}
	return longest;
}

/* A process whose write turns out to be over (it took its buffer back) is told and passed over, so
 * that each is looked at once at most. */
static void console_write_next(struct console *self)
{
	for (uint32_t i = 0; i < process_slots(); i++) {
		struct process_id next = console_longest_waiting(self);

		if (process_id_equal(next, PROCESS_ID_NONE)) {
			return;
		}
		GRANT_ENTER(console_grant, app, &self->grant, next) {
			if (console_write_piece(self, app.access, app.state)) {
				return;
			}
		}
	}
}

static void console_transmitted(struct console *self, struct buffer buffer, uint32_t length,
				enum error_code status)
{
	self->write_buffer = buffer_take(&buffer);
	GRANT_ENTER(console_grant, app, &self->grant, self->writer) {
		if (app.state->piece_is_of_this_write) {
			app.state->written += length;
			if (status != ERROR_NONE) {
				app.state->length = app.state->written;
			}
		}
		if (console_write_piece(self, app.access, app.state)) {
			return;
		}
	}
	console_write_next(self);
}

APART static struct command_result console_write(struct console *self, struct process_id caller,
						 uint32_t length)
{
	GRANT_ENTER(console_grant, app, &self->grant, caller) {
		struct read_span shared = allowed_read_only(app.access, SHARED_WRITE);

		app.state->length = minimum(length, read_span_length(shared));
		app.state->written = 0;
		app.state->piece_is_of_this_write = false;
		if (!app.state->writing) {
			app.state->writing = true;
			app.state->ticket = self->tickets;
			self->tickets++;
		}
		if (!buffer_is_empty(&self->write_buffer)) {
			console_write_piece(self, app.access, app.state);
		}
		return command_success();
	}
	return command_failure(ERROR_NOMEM);
}

/* Answers how many bytes the process got. */
static uint32_t tell_received(struct grant_access access, const struct console_app *app,
			      const struct buffer *buffer, uint32_t length, enum error_code status)
{
	struct write_span shared = allowed_read_write(access, SHARED_READ);
	uint32_t room = write_span_length(shared);
	uint32_t copied = 0;

	if (status != ERROR_NONE && status != ERROR_CANCEL) {
		status = ERROR_FAIL;
	} else if (room == 0) {
		status = ERROR_NOMEM;
	} else {
		copied = write_span_copy(shared, 0, buffer, length);
		status = room < app->read_length ? ERROR_SIZE : status;
	}
	tell_read(access, status, copied);
	return copied;
}

/* Begins the read of `reader`, unless it has taken the request back. */
static void console_read_begin(struct console *self)
{
	GRANT_ENTER(console_grant, app, &self->grant, self->reader) {
		if (app.state->read_length == 0) {
			tell_read(app.access, ERROR_CANCEL, 0);
		} else if (uart_receive(self->uart, &self->read_buffer, app.state->read_length) !=
			   ERROR_NONE) {
			tell_read(app.access, ERROR_FAIL, 0);
		}
	}
	if (!buffer_is_empty(&self->read_buffer)) {
		self->reader = PROCESS_ID_NONE;
	}
}

static void console_received(struct console *self, struct buffer buffer, uint32_t length,
			     enum error_code status)
{
	self->read_buffer = buffer_take(&buffer);
	if (self->read_again) {
		self->read_again = false;
		console_read_begin(self);
		return;
	}

	struct process_id reader = self->reader;

	self->reader = PROCESS_ID_NONE;
	GRANT_ENTER(console_grant, app, &self->grant, reader) {
		length -= tell_received(app.access, app.state, &self->read_buffer, length, status);
	}
	if (length > 0) {
		debug_log_2(self->log,
			    SPAN_OF_TEXT("console: {} bytes that process {} was to read are lost"),
			    length, process_id_number(reader));
	}
}

UART_CLIENT_IMPLEMENT(console, struct console, client, .transmitted = console_transmitted,
		      .received = console_received);

static bool console_is_alive(struct console *self, struct process_id id)
{
	GRANT_ENTER(console_grant, app, &self->grant, id) {
		return true;
	}
	return false;
}

/* Begins a read for the caller, which has no other; `app` is its part of the grant. */
static enum error_code console_read_start(struct console *self, struct process_id caller,
					  struct console_app *app, uint32_t length)
{
	if (length == 0 || length > self->read_limit) {
		return ERROR_INVAL;
	}
	if (buffer_is_empty(&self->read_buffer)) {
		self->read_again = true;
		uart_receive_abort(self->uart);
	} else if (uart_receive(self->uart, &self->read_buffer, length) != ERROR_NONE) {
		return ERROR_FAIL;
	}
	app->read_length = length;
	self->reader = caller;
	return ERROR_NONE;
}

APART static struct command_result console_read(struct console *self, struct process_id caller,
						uint32_t length)
{
	if (console_is_alive(self, self->reader)) {
		return command_failure(ERROR_BUSY);
	}
	GRANT_ENTER(console_grant, app, &self->grant, caller) {
		struct write_span shared = allowed_read_write(app.access, SHARED_READ);

		return command_status(console_read_start(
		    self, caller, app.state, minimum(length, write_span_length(shared))));
	}
	return command_failure(ERROR_NOMEM);
}

APART static struct command_result console_abort_read(struct console *self,
						      struct process_id caller)
{
	if (!process_id_equal(self->reader, caller)) {
		return command_success();
	}
	if (!self->read_again) {
		uart_receive_abort(self->uart);
		return command_success();
	}
	GRANT_ENTER(console_grant, app, &self->grant, caller) {
		app.state->read_length = 0;
	}
	return command_success();
}

APART static struct command_result console_command(struct console *self, struct process_id caller,
						   uint32_t command, uint32_t length,
						   uint32_t unused, struct command_reply *reply)
{
	(void)unused;
	(void)reply;
	if (command == COMMAND_EXISTS) {
		return command_success();
	}
	switch (command) {
	case COMMAND_WRITE:
		return console_write(self, caller, length);
	case COMMAND_READ:
		return console_read(self, caller, length);
	case COMMAND_ABORT_READ:
		return console_abort_read(self, caller);
	default:
		return command_failure(ERROR_NOSUPPORT);
	}
}

DRIVER_IMPLEMENT(console, struct console, driver, .command = console_command);

void console_init(struct console *self, struct uart *uart, struct buffer *write_buffer,
		  struct buffer *read_buffer, struct debug_log *log NULLABLE)
{
	self->uart = uart;
	self->log = log;
	self->read_limit = buffer_size(read_buffer);
	self->write_buffer = buffer_take(write_buffer);
	self->read_buffer = buffer_take(read_buffer);
	self->tickets = 0;
	self->reader = PROCESS_ID_NONE;
	self->read_again = false;
	console_grant_init(&self->grant);
	driver_bind(&self->driver, &console_driver_operations, &self->grant.grant);
	uart_client_bind(&self->client, &console_uart_client_operations);
	uart_set_client(uart, &self->client);
}
