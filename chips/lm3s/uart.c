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
 * Invariant: the interrupt mask is what mask_update() computes of the two transfers. */

/* Register "UART Data" (UARTDR), offset 0x000: the errors of the byte in bits 7:0. */
enum data_bit {
	DATA_FRAMING_ERROR = 1 << 8,
	DATA_PARITY_ERROR = 1 << 9,
	DATA_BREAK = 1 << 10,
	DATA_BAD = DATA_FRAMING_ERROR | DATA_PARITY_ERROR | DATA_BREAK,
};

/* Register "UART Flag" (UARTFR), offset 0x018. */
enum flag_bit {
	FLAG_BUSY = 1 << 3,
	FLAG_RECEIVE_EMPTY = 1 << 4,
	FLAG_TRANSMIT_FULL = 1 << 5,
};

/* Register "UART Line Control" (UARTLCRH), offset 0x02C. */
enum line_control_bit {
	LINE_CONTROL_FIFOS = 1 << 4,
	LINE_CONTROL_8_BITS = 3 << 5,
};

/* Register "UART Control" (UARTCTL), offset 0x030. */
enum control_bit {
	CONTROL_ENABLE = 1 << 0,
	CONTROL_TRANSMIT = 1 << 8,
	CONTROL_RECEIVE = 1 << 9,
	CONTROL_ON = CONTROL_ENABLE | CONTROL_TRANSMIT | CONTROL_RECEIVE,
};

/* Register "UART Interrupt FIFO Level Select" (UARTIFLS), offset 0x034. Transmitting asks for more
 * with two bytes left (174 us), receiving for service with eight bytes of room (694 us). */
enum fifo_level {
	FIFO_LEVEL_TRANSMIT_EIGHTH = 0 << 0,
	FIFO_LEVEL_RECEIVE_HALF = 2 << 3,
};

/* Registers UARTIM, UARTRIS, UARTMIS and UARTICR, offsets 0x038 to 0x044. */
enum interrupt_bit {
	INTERRUPT_RECEIVE = 1 << 4,
	INTERRUPT_TRANSMIT = 1 << 5,
	INTERRUPT_RECEIVE_TIMEOUT = 1 << 6, /* bytes wait, and for 32 bit times none came */
	INTERRUPT_RECEIVED = INTERRUPT_RECEIVE | INTERRUPT_RECEIVE_TIMEOUT,
	INTERRUPT_ALL = 0x7F0,
};

enum {
	BAUD_RATE = 115200,
	/* Looks at the flags, at the least 4 cycles each: 8 ms at 50 MHz, and the longest wait,
	 * for a whole FIFO, is 1.4 ms. */
	PATIENCE = 100000,
};

static void mask_update(struct lm3s_uart *self)
{
	uint32_t mask = 0;

	if (self->transmit_done < self->transmit_length) {
		mask |= INTERRUPT_TRANSMIT;
	}
	if (self->receive_done < self->receive_length && !self->receive_aborted) {
		mask |= INTERRUPT_RECEIVED;
	}
	self->registers->interrupt_mask = mask;
}

static bool transmit_interrupt_comes(const struct lm3s_uart_registers *registers)
{
	return (registers->flags & FLAG_TRANSMIT_FULL) != 0 ||
	       (registers->interrupt_raw_status & INTERRUPT_TRANSMIT) != 0;
}

static void transmit_push(struct lm3s_uart *self)
{
	struct lm3s_uart_registers *registers = self->registers;

	/* Masked while it comes and goes: a pulse would be one more interrupt, for nothing. */
	registers->interrupt_mask &= ~(uint32_t)INTERRUPT_TRANSMIT;
	registers->interrupt_clear = INTERRUPT_TRANSMIT;
	for (uint32_t room = LM3S_UART_FIFO_BYTES; room > 0; room--) {
		if (self->transmit_done == self->transmit_length ||
		    (registers->flags & FLAG_TRANSMIT_FULL) != 0) {
			break;
		}
		registers->data = buffer_get(&self->transmit_buffer, self->transmit_done);
		self->transmit_done++;
	}
	mask_update(self);
	if (self->transmit_done == self->transmit_length || !transmit_interrupt_comes(registers)) {
		deferred_call_set(&self->deferred_call);
	}
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
	mask_update(self);
	uart_received(&self->uart, buffer_take(&buffer), done, status);
}

static void receive_pull(struct lm3s_uart *self)
{
	struct lm3s_uart_registers *registers = self->registers;

	if ((registers->flags & FLAG_RECEIVE_EMPTY) != 0) {
		/* A flag without a byte would bring us back for ever. A byte that slips in before
		 * this write is read below, and the next one sets the flag again. */
		registers->interrupt_clear = INTERRUPT_RECEIVED;
	}
	for (uint32_t waiting = LM3S_UART_FIFO_BYTES; waiting > 0; waiting--) {
		if (self->receive_done == self->receive_length ||
		    (registers->flags & FLAG_RECEIVE_EMPTY) != 0) {
			break;
		}
		uint32_t data = registers->data;
		if ((data & DATA_BAD) == 0) {
			buffer_set(&self->receive_buffer, self->receive_done, (uint8_t)data);
			self->receive_done++;
		}
	}
	if (self->receive_done == self->receive_length) {
		receive_finish(self, ERROR_NONE);
	}
}

static void lm3s_uart_service(struct lm3s_uart *self)
{
	uint32_t status = self->registers->interrupt_masked_status;

	if ((status & INTERRUPT_RECEIVED) != 0) {
		receive_pull(self);
	}
	if ((status & INTERRUPT_TRANSMIT) != 0) {
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
	mask_update(self);
	return ERROR_NONE;
}

static void lm3s_uart_receive_abort(struct lm3s_uart *self)
{
	if (self->receive_length == 0) {
		return;
	}
	self->receive_aborted = true;
	mask_update(self);
	deferred_call_set(&self->deferred_call);
}

/* Whether the flag went away in time. */
static bool wait_while(const struct lm3s_uart_registers *registers, enum flag_bit flag)
{
	for (uint32_t left = PATIENCE; left > 0; left--) {
		if ((registers->flags & flag) == 0) {
			return true;
		}
	}
	return false;
}

static void lm3s_uart_write_now(struct lm3s_uart *self, struct read_span text)
{
	struct lm3s_uart_registers *registers = self->registers;

	registers->control = CONTROL_ON;
	for (uint32_t index = 0; index < minimum(read_span_length(text), PANIC_WRITER_MAX);
	     index++) {
		if (!wait_while(registers, FLAG_TRANSMIT_FULL)) {
			return;
		}
		registers->data = read_span_get(text, index);
	}
	/* What comes next may be a reset, which would eat the FIFO. */
	(void)wait_while(registers, FLAG_BUSY);
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

	registers->control = 0;
	registers->interrupt_mask = 0;
	registers->line_control = 0; /* empties the FIFOs */
	registers->baud_integer = divisor / 64;
	registers->baud_fraction = divisor % 64;
	/* Writing this register makes the two before it take effect: keep the order. */
	registers->line_control = LINE_CONTROL_8_BITS | LINE_CONTROL_FIFOS;
	registers->fifo_levels = FIFO_LEVEL_TRANSMIT_EIGHTH | FIFO_LEVEL_RECEIVE_HALF;
	registers->interrupt_clear = INTERRUPT_ALL;
	registers->control = CONTROL_ON;
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
