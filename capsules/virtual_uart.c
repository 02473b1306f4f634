/* Many clients on one serial port.
 *
 * Transmitting: a port that is given a buffer WAITs; the mux hands one buffer at a time to the
 * hardware and looks for the next one after it has told the last one's client. Until then
 * `transmitting` stays set, so that what clients start from inside transmitted() only waits.
 *
 * Receiving: one byte at a time. Each byte is first given to all who wait for one, and only then
 * are the clients of those that are complete told, so that a client that receives again at once
 * does not get the same byte again.
 *
 * A transfer that ends by no interrupt of its own (an abort, a refusal of the hardware) is marked
 * ENDED and told from the deferred call.
 *
 * Invariant: a port's transmit_buffer (receive_buffer) is with the port exactly while its
 * transmit_state is WAITING or ENDED (its receive_state is not IDLE). */

#include <capsules/virtual_uart.h>

enum {
	LINE_BREAK_BYTES = 2
};

/* Whether the port's bytes are whole lines, or the beginning of some. */
static bool is_line(const struct virtual_uart *port)
{
	return port->transmit_more ||
	       buffer_get(&port->transmit_buffer, port->transmit_length - 1) == '\n';
}

/* Ends the line that another port has left unfinished, if this one needs that; the port is left waiting. */
static bool mux_break_line(struct virtual_uart_mux *mux, uint32_t index)
{
	const struct virtual_uart *port = PRESENT(mux->ports[index]);

	mux->breaking =
	    port->begins_lines && mux->in_line && mux->turn != index && is_line(port) &&
	    uart_transmit(mux->hardware, &mux->line_break, LINE_BREAK_BYTES, true) == ERROR_NONE;
	return mux->breaking;
}

/* Gives the waiting buffer of a port to the hardware; false if the hardware would not take it. */
static bool mux_transmit_from(struct virtual_uart_mux *mux, uint32_t index)
{
	struct virtual_uart *port = PRESENT(mux->ports[index]);
	bool breaks = mux_break_line(mux, index);

	mux->turn = index;
	if (breaks) {
		mux->transmitting = true;
		return true;
	}

	enum error_code status = uart_transmit(mux->hardware, &port->transmit_buffer,
					       port->transmit_length, port->transmit_more);

	if (status != ERROR_NONE) {
		port->transmit_state = VIRTUAL_UART_ENDED;
		port->transmit_status = (uint8_t)status;
		deferred_call_set(&mux->deferred);
		return false;
	}
	port->transmit_state = VIRTUAL_UART_ACTIVE;
	mux->transmitting = true;
	return true;
}

/* The next one after the port whose turn it was; that port itself comes last. */
static void mux_transmit_next(struct virtual_uart_mux *mux)
{
	uint32_t index = mux->turn;

	for (uint32_t i = 0; i < minimum(mux->count, VIRTUAL_UARTS_MAX); i++) {
		index = index + 1 < mux->count ? index + 1 : 0;
		if (PRESENT(mux->ports[index])->transmit_state == VIRTUAL_UART_WAITING &&
		    mux_transmit_from(mux, index)) {
			return;
		}
	}
}

/* The line break is out, or could not be sent: no second try, the port's bytes are next. */
static void mux_line_broken(struct virtual_uart_mux *mux, struct buffer buffer)
{
	mux->line_break = buffer_take(&buffer);
	mux->breaking = false;
	mux->in_line = false;
	mux->transmitting = false;
	if (!mux_transmit_from(mux, mux->turn)) {
		mux_transmit_next(mux);
	}
}

static void mux_transmitted(struct virtual_uart_mux *mux, struct buffer buffer, uint32_t length,
			    enum error_code status)
{
	if (mux->breaking) {
		mux_line_broken(mux, buffer_take(&buffer));
		return;
	}

	struct virtual_uart *port = PRESENT(mux->ports[mux->turn]);
	bool more = port->transmit_more;

	if (length > 0) {
		mux->in_line = buffer_get(&buffer, length - 1) != '\n';
	}
	port->transmit_state = VIRTUAL_UART_IDLE;
	uart_transmitted(&port->uart, buffer_take(&buffer), length, status);

	mux->transmitting = false;
	if (more && port->transmit_state == VIRTUAL_UART_WAITING &&
	    mux_transmit_from(mux, mux->turn)) {
		return;
	}
	mux_transmit_next(mux);
}

static void mux_end_receive(struct virtual_uart_mux *mux, struct virtual_uart *port,
			    enum error_code status)
{
	port->receive_state = VIRTUAL_UART_ENDED;
	port->receive_status = (uint8_t)status;
	deferred_call_set(&mux->deferred);
}

static bool mux_is_wanted(const struct virtual_uart_mux *mux)
{
	FOR_EACH(struct virtual_uart, port, mux->ports) {
		if (port->receive_state == VIRTUAL_UART_WAITING) {
			return true;
		}
	}
	return false;
}

static void mux_end_all_receives(struct virtual_uart_mux *mux, enum error_code status)
{
	FOR_EACH(struct virtual_uart, port, mux->ports) {
		if (port->receive_state == VIRTUAL_UART_WAITING) {
			mux_end_receive(mux, port, status);
		}
	}
}

/* Lets the hardware receive if somebody wants bytes and it does not receive already. */
static void mux_receive_next(struct virtual_uart_mux *mux)
{
	if (buffer_is_empty(&mux->receive_buffer) || !mux_is_wanted(mux)) {
		return;
	}

	enum error_code status = uart_receive(mux->hardware, &mux->receive_buffer, 1);

	if (status != ERROR_NONE) {
		mux_end_all_receives(mux, status);
	}
}

static void mux_give_byte(struct virtual_uart_mux *mux, uint8_t byte)
{
	FOR_EACH(struct virtual_uart, port, mux->ports) {
		if (port->receive_state != VIRTUAL_UART_WAITING) {
			continue;
		}
		buffer_set(&port->receive_buffer, port->received, byte);
		port->received++;
		if (port->received == port->receive_length) {
			mux_end_receive(mux, port, ERROR_NONE);
		}
	}
}

/* Tells all clients whose transfer has ended. */
static void mux_tell(struct virtual_uart_mux *mux)
{
	FOR_EACH(struct virtual_uart, port, mux->ports) {
		if (port->receive_state == VIRTUAL_UART_ENDED) {
			port->receive_state = VIRTUAL_UART_IDLE;
			uart_received(&port->uart, buffer_take(&port->receive_buffer),
				      port->received, port->receive_status);
		}
		if (port->transmit_state == VIRTUAL_UART_ENDED) {
			port->transmit_state = VIRTUAL_UART_IDLE;
			uart_transmitted(&port->uart, buffer_take(&port->transmit_buffer), 0,
					 port->transmit_status);
		}
	}
}

/* The hardware ends a receive with ERROR_CANCEL only because nobody wanted bytes any more; by now
 * somebody may again. */
static void mux_received(struct virtual_uart_mux *mux, struct buffer buffer, uint32_t length,
			 enum error_code status)
{
	mux->receive_buffer = buffer_take(&buffer);
	if (length > 0) {
		mux_give_byte(mux, buffer_get(&mux->receive_buffer, 0));
	}
	if (status != ERROR_NONE && status != ERROR_CANCEL) {
		mux_end_all_receives(mux, status);
	}
	mux_tell(mux);
	mux_receive_next(mux);
}

UART_CLIENT_IMPLEMENT(virtual_uart_mux, struct virtual_uart_mux, client,
		      .transmitted = mux_transmitted, .received = mux_received);

DEFERRED_CALL_IMPLEMENT(virtual_uart_mux, struct virtual_uart_mux, deferred, .run = mux_tell);

static bool fits(const struct buffer *buffer, uint32_t length)
{
	return length > 0 && length <= buffer_size(buffer);
}

static enum error_code virtual_transmit(struct virtual_uart *self, struct buffer *buffer,
					uint32_t length, bool more)
{
	struct virtual_uart_mux *mux = self->mux;

	if (self->transmit_state != VIRTUAL_UART_IDLE) {
		return ERROR_BUSY;
	}
	if (!fits(buffer, length)) {
		return ERROR_SIZE;
	}
	self->transmit_buffer = buffer_take(buffer);
	self->transmit_length = length;
	self->transmit_more = more;
	self->transmit_state = VIRTUAL_UART_WAITING;
	if (!mux->transmitting) {
		mux_transmit_next(mux);
	}
	return ERROR_NONE;
}

static enum error_code virtual_receive(struct virtual_uart *self, struct buffer *buffer,
				       uint32_t length)
{
	if (self->receive_state != VIRTUAL_UART_IDLE) {
		return ERROR_BUSY;
	}
	if (!fits(buffer, length)) {
		return ERROR_SIZE;
	}
	self->receive_buffer = buffer_take(buffer);
	self->receive_length = length;
	self->received = 0;
	self->receive_state = VIRTUAL_UART_WAITING;
	mux_receive_next(self->mux);
	return ERROR_NONE;
}

static void virtual_receive_abort(struct virtual_uart *self)
{
	struct virtual_uart_mux *mux = self->mux;

	if (self->receive_state != VIRTUAL_UART_WAITING) {
		return;
	}
	mux_end_receive(mux, self, ERROR_CANCEL);
	if (buffer_is_empty(&mux->receive_buffer) && !mux_is_wanted(mux)) {
		uart_receive_abort(mux->hardware);
	}
}

UART_IMPLEMENT(virtual_uart, struct virtual_uart, uart, .transmit = virtual_transmit,
	       .receive = virtual_receive, .receive_abort = virtual_receive_abort);

void virtual_uart_mux_init(struct virtual_uart_mux *self, struct uart *hardware,
			   struct buffer *receive_buffer)
{
	self->hardware = hardware;
	self->receive_buffer = buffer_take(receive_buffer);
	self->count = 0;
	self->turn = 0;
	self->transmitting = false;
	self->breaking = false;
	self->in_line = false;
	deferred_call_bind(&self->deferred, &virtual_uart_mux_deferred_call_operations);
	uart_client_bind(&self->client, &virtual_uart_mux_uart_client_operations);
	uart_set_client(hardware, &self->client);
}

void virtual_uart_init(struct virtual_uart *self, struct virtual_uart_mux *mux)
{
	uart_bind(&self->uart, &virtual_uart_uart_operations);
	self->mux = mux;
	self->transmit_state = VIRTUAL_UART_IDLE;
	self->receive_state = VIRTUAL_UART_IDLE;
	self->begins_lines = false;
	mux->ports[mux->count] = self;
	mux->count++;
}

void virtual_uart_begin_lines(struct virtual_uart *self, struct buffer *line_break)
{
	struct virtual_uart_mux *mux = self->mux;

	self->begins_lines = true;
	if (!buffer_is_empty(line_break)) {
		mux->line_break = buffer_take(line_break);
		buffer_set(&mux->line_break, 0, '\r');
		buffer_set(&mux->line_break, 1, '\n');
	}
}
