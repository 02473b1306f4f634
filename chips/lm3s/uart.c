#include <chips/lm3s/uart.h>
#include <kernel/checked.h>

/* The UART of the LM3S6965, which is ARM's PL011.
 *
 * Transmitting: the port raises its transmit interrupt when the FIFO's filling *falls past* a
 * level, not while it is below, and this part has no "end of transmission". So each push clears
 * the flag first and then fills the FIFO as far as it goes: past the level, so that it must fall.
 * The end of a buffer needs no interrupt at all: the last push completes it by a deferred call.
 * Should neither a full FIFO nor the flag promise an interrupt (a debugger stopped the processor
 * between two bytes, and they went out one by one), the deferred call pushes on.
 *
 * Receiving: the flags of received data are never cleared, reading the FIFO clears them; so bytes
 * left in it for the next receive() raise the interrupt as soon as that unmasks it.
 *
 * Invariant: between calls the mask lets the transmit interrupt through while bytes are left to
 * send, and those of receiving while a reception is under way that nobody aborted. */

enum {
	BAUD_RATE = 115200,
	/* Looks at the flags, at the least 4 cycles each: 8 ms at 50 MHz, and the longest wait,
	 * for a whole FIFO, is 1.4 ms. */
	PATIENCE = 100000,
};

static const struct lm3s_uart_control ON = {.enable = true, .transmit = true, .receive = true};

/* Transmitting asks for more with two bytes left (174 us), receiving for service with eight bytes
 * of room (694 us). */
static const struct lm3s_uart_fifo_levels LEVELS = {
    .transmit = LM3S_UART_LEVEL_EIGHTH,
    .receive = LM3S_UART_LEVEL_HALF,
};

static const struct lm3s_uart_interrupts TRANSMIT = {.transmit = true};
static const struct lm3s_uart_interrupts RECEIVED = {.receive = true, .receive_timeout = true};
static const struct lm3s_uart_interrupts EVERY_INTERRUPT = {
    .receive = true,
    .transmit = true,
    .receive_timeout = true,
    .framing_error = true,
    .parity_error = true,
    .break_error = true,
    .overrun_error = true,
};

static bool is_transmit_full(const struct lm3s_uart_registers *registers)
{
	return lm3s_uart_flags_read(&registers->flags).transmit_full;
}

static bool is_receive_empty(const struct lm3s_uart_registers *registers)
{
	return lm3s_uart_flags_read(&registers->flags).receive_empty;
}

static bool transmit_interrupt_comes(const struct lm3s_uart_registers *registers)
{
	return is_transmit_full(registers) ||
	       lm3s_uart_interrupts_raw_read(&registers->interrupts_raw).transmit;
}

static void transmit_push(struct lm3s_uart *self)
{
	struct lm3s_uart_registers *registers = self->registers;

	/* Masked while it comes and goes: a pulse would be one more interrupt, for nothing. */
	lm3s_uart_interrupt_mask_clear(&registers->interrupt_mask, TRANSMIT);
	lm3s_uart_interrupts_clear(&registers->interrupts, TRANSMIT);
	for (uint32_t room = LM3S_UART_FIFO_BYTES; room > 0; room--) {
		if (self->transmit_done == self->transmit_length || is_transmit_full(registers)) {
			break;
		}
		lm3s_uart_transmit_data_write(
		    &registers->transmit_data,
		    buffer_get(&self->transmit_buffer, self->transmit_done));
		self->transmit_done++;
	}
	if (self->transmit_done < self->transmit_length) {
		lm3s_uart_interrupt_mask_set(&registers->interrupt_mask, TRANSMIT);
		if (transmit_interrupt_comes(registers)) {
			return;
		}
	}
	deferred_call_set(&self->deferred_call);
}

static void transmit_finish(struct lm3s_uart *self)
{
	struct buffer buffer = buffer_take(&self->transmit_buffer);
	uint32_t done = self->transmit_done;

	self->transmit_length = 0;
	self->transmit_done = 0;
	uart_transmitted(&self->uart, buffer_take(&buffer), done, ERROR_NONE);
}

static void receive_finish(struct lm3s_uart *self, enum error_code status)
{
	struct buffer buffer = buffer_take(&self->receive_buffer);
	uint32_t done = self->receive_done;

	self->receive_length = 0;
	self->receive_done = 0;
	self->receive_aborted = false;
	lm3s_uart_interrupt_mask_clear(&self->registers->interrupt_mask, RECEIVED);
	uart_received(&self->uart, buffer_take(&buffer), done, status);
}

static void receive_pull(struct lm3s_uart *self)
{
	struct lm3s_uart_registers *registers = self->registers;

	if (is_receive_empty(registers)) {
		/* A flag without a byte would bring us back for ever. A byte that slips in before
		 * this write is read below, and the next one sets the flag again. */
		lm3s_uart_interrupts_clear(&registers->interrupts, RECEIVED);
	}
	for (uint32_t waiting = LM3S_UART_FIFO_BYTES; waiting > 0; waiting--) {
		if (self->receive_done == self->receive_length || is_receive_empty(registers)) {
			break;
		}
		struct lm3s_uart_receive_data data =
		    lm3s_uart_receive_data_read(&registers->receive_data);
		if (!data.framing_error && !data.parity_error && !data.break_error) {
			buffer_set(&self->receive_buffer, self->receive_done, data.byte);
			self->receive_done++;
		}
	}
	if (self->receive_done == self->receive_length) {
		receive_finish(self, ERROR_NONE);
	}
}

static void lm3s_uart_service(struct lm3s_uart *self)
{
	struct lm3s_uart_interrupts pending =
	    lm3s_uart_interrupts_masked_read(&self->registers->interrupts_masked);

	if (pending.receive || pending.receive_timeout) {
		receive_pull(self);
	}
	if (pending.transmit) {
		transmit_push(self);
	}
}

static void lm3s_uart_deferred(struct lm3s_uart *self)
{
	if (self->receive_aborted) {
		receive_finish(self, ERROR_CANCEL);
	}
	if (self->transmit_length == 0) {
		return;
	}
	if (self->transmit_done == self->transmit_length) {
		transmit_finish(self);
	} else {
		transmit_push(self);
	}
}

static enum error_code lm3s_uart_transmit(struct lm3s_uart *self, struct buffer *buffer,
					  uint32_t length, bool more)
{
	(void)more; /* for multiplexers; the line looks the same */
	if (self->transmit_length != 0) {
		return ERROR_BUSY;
	}
	if (length == 0 || length > buffer_size(buffer)) {
		return ERROR_SIZE;
	}
	self->transmit_buffer = buffer_take(buffer);
	self->transmit_length = length;
	self->transmit_done = 0;
	transmit_push(self);
	return ERROR_NONE;
}

static enum error_code lm3s_uart_receive(struct lm3s_uart *self, struct buffer *buffer,
					 uint32_t length)
{
	if (self->receive_length != 0) {
		return ERROR_BUSY;
	}
	if (length == 0 || length > buffer_size(buffer)) {
		return ERROR_SIZE;
	}
	self->receive_buffer = buffer_take(buffer);
	self->receive_length = length;
	self->receive_done = 0;
	lm3s_uart_interrupt_mask_set(&self->registers->interrupt_mask, RECEIVED);
	return ERROR_NONE;
}

static void lm3s_uart_receive_abort(struct lm3s_uart *self)
{
	if (self->receive_length == 0) {
		return;
	}
	self->receive_aborted = true;
	lm3s_uart_interrupt_mask_clear(&self->registers->interrupt_mask, RECEIVED);
	deferred_call_set(&self->deferred_call);
}

/* Whether there was room in time. */
static bool wait_for_room(const struct lm3s_uart_registers *registers)
{
	for (uint32_t left = PATIENCE; left > 0; left--) {
		if (!is_transmit_full(registers)) {
			return true;
		}
	}
	return false;
}

static void wait_for_end(const struct lm3s_uart_registers *registers)
{
	for (uint32_t left = PATIENCE; left > 0; left--) {
		if (!lm3s_uart_flags_read(&registers->flags).busy) {
			return;
		}
	}
}

static void lm3s_uart_write_now(struct lm3s_uart *self, struct read_span text)
{
	struct lm3s_uart_registers *registers = self->registers;

	lm3s_uart_control_write(&registers->control, ON);
	for (uint32_t index = 0; index < minimum(read_span_length(text), PANIC_WRITER_MAX);
	     index++) {
		if (!wait_for_room(registers)) {
			return;
		}
		lm3s_uart_transmit_data_write(&registers->transmit_data,
					      read_span_get(text, index));
	}
	/* What comes next may be a reset, which would eat the FIFO. */
	wait_for_end(registers);
}

UART_IMPLEMENT(lm3s_uart, struct lm3s_uart, uart, .transmit = lm3s_uart_transmit,
	       .receive = lm3s_uart_receive, .receive_abort = lm3s_uart_receive_abort);
INTERRUPT_HANDLER_IMPLEMENT(lm3s_uart, struct lm3s_uart, interrupt, .service = lm3s_uart_service);
PANIC_WRITER_IMPLEMENT(lm3s_uart, struct lm3s_uart, panic_writer, .write = lm3s_uart_write_now);
DEFERRED_CALL_IMPLEMENT(lm3s_uart, struct lm3s_uart, deferred_call, .run = lm3s_uart_deferred);

/* 64ths of the clock's ratio to 16 times the baud rate, rounded ("Baud-Rate Generation"). */
static uint32_t baud_divisor(uint32_t clock_hz)
{
	return (clock_hz * 4 + BAUD_RATE / 2) / BAUD_RATE;
}

static void registers_init(struct lm3s_uart_registers *registers, uint32_t clock_hz)
{
	uint32_t divisor = baud_divisor(clock_hz);

	lm3s_uart_control_write(&registers->control, (struct lm3s_uart_control){0});
	lm3s_uart_interrupt_mask_write(&registers->interrupt_mask,
				       (struct lm3s_uart_interrupts){0});
	/* Empties the FIFOs. */
	lm3s_uart_line_control_write(&registers->line_control, (struct lm3s_uart_line_control){0});
	lm3s_uart_baud_integer_write(&registers->baud_integer, divisor / 64);
	lm3s_uart_baud_fraction_write(&registers->baud_fraction, divisor % 64);
	/* Makes the two before it take effect: keep the order. */
	lm3s_uart_line_control_write(
	    &registers->line_control,
	    (struct lm3s_uart_line_control){.word_length = LM3S_UART_8_BITS, .fifos = true});
	lm3s_uart_fifo_levels_write(&registers->fifo_levels, LEVELS);
	lm3s_uart_interrupts_clear(&registers->interrupts, EVERY_INTERRUPT);
	lm3s_uart_control_write(&registers->control, ON);
}

void lm3s_uart_init(struct lm3s_uart *self, struct lm3s_uart_registers *registers,
		    uint32_t clock_hz)
{
	self->registers = registers;
	self->transmit_length = 0;
	self->transmit_done = 0;
	self->receive_length = 0;
	self->receive_done = 0;
	self->receive_aborted = false;
	uart_bind(&self->uart, &lm3s_uart_uart_operations);
	interrupt_handler_bind(&self->interrupt, &lm3s_uart_interrupt_operations);
	panic_writer_bind(&self->panic_writer, &lm3s_uart_panic_writer_operations);
	deferred_call_bind(&self->deferred_call, &lm3s_uart_deferred_call_operations);
	registers_init(registers, clock_hz);
}
