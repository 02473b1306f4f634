/* Messages wait as they were given, words and numbers; a line is made of one only when it can go out, so that
 * who sends one waits for nothing.
 *
 * Invariant: while `lost` is not 0 the ring only shrinks, so that the line about lost messages stands where
 * they would have stood. While anything is to be told, the line buffer is with the port or the deferred
 * call is set, unless the port refused. */

#include <capsules/debug_log.h>

static void add_message(struct text *line, const struct debug_log_message *message)
{
	struct text_numbers numbers = {DEBUG_LOG_VALUES, {message->values[0], message->values[1]}};

	text_format(line, message->words, SPAN_OF_TEXT(""), &numbers);
}

bool debug_log_queue_add_pending(const struct debug_log_queue *self, uint32_t index,
				 struct text *line)
{
	if (index < self->count) {
		add_message(line,
			    ELEMENT(self->messages, (self->first + index) % DEBUG_LOG_MESSAGES));
		return true;
	}
	if (index > self->count || self->lost == 0) {
		return false;
	}
	text_format_1(line,
		      self->lost == 1 ? SPAN_OF_TEXT("... {} message lost")
				      : SPAN_OF_TEXT("... {} messages lost"),
		      self->lost);
	return true;
}

/* Takes the oldest thing to tell off the ring. */
static void queue_drop(struct debug_log_queue *self)
{
	if (self->count > 0) {
		self->first = (self->first + 1) % DEBUG_LOG_MESSAGES;
		self->count--;
	} else {
		self->lost = 0;
	}
}

static void queue_send(struct debug_log_queue *self)
{
	text_clear(&self->line);
	if (buffer_is_empty(&self->line.buffer) ||
	    !debug_log_queue_add_pending(self, 0, &self->line)) {
		return;
	}
	text_end_line(&self->line);
	queue_drop(self);
	(void)uart_transmit(self->uart, &self->line.buffer, self->line.length, false);
}

DEFERRED_CALL_IMPLEMENT(debug_log, struct debug_log_queue, deferred, .run = queue_send);

static void queue_put(struct debug_log_queue *self, struct read_span words KEEP, uint32_t value1,
		      uint32_t value2)
{
	/* Not from here: who speaks may be the port itself. */
	deferred_call_set(&self->deferred);
	if (self->count == DEBUG_LOG_MESSAGES || self->lost > 0) {
		self->lost++;
		self->lost_ever++;
		return;
	}
	self->messages[(self->first + self->count) % DEBUG_LOG_MESSAGES] =
	    (struct debug_log_message){words, {value1, value2}};
	self->count++;
}

static uint32_t queue_lost(struct debug_log_queue *self)
{
	return self->lost_ever;
}

DEBUG_LOG_IMPLEMENT(debug_log, struct debug_log_queue, log, .put = queue_put, .lost = queue_lost);

static void queue_transmitted(struct debug_log_queue *self, struct buffer buffer, uint32_t length,
			      enum error_code status)
{
	(void)length;
	(void)status;
	text_restart(&self->line, &buffer);
	queue_send(self);
}

/* Never receives, but a client has both. */
static void queue_received(struct debug_log_queue *self, struct buffer buffer, uint32_t length,
			   enum error_code status)
{
	(void)self;
	(void)length;
	(void)status;
	buffer_drop(&buffer);
}

UART_CLIENT_IMPLEMENT(debug_log, struct debug_log_queue, client, .transmitted = queue_transmitted,
		      .received = queue_received);

void debug_log_queue_init(struct debug_log_queue *self, struct uart *uart, struct buffer *line)
{
	self->uart = uart;
	self->first = 0;
	self->count = 0;
	self->lost = 0;
	self->lost_ever = 0;
	text_restart(&self->line, line);
	debug_log_bind(&self->log, &debug_log_debug_log_operations);
	deferred_call_bind(&self->deferred, &debug_log_deferred_call_operations);
	uart_client_bind(&self->client, &debug_log_uart_client_operations);
	uart_set_client(uart, &self->client);
}
