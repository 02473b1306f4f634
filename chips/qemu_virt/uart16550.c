#include <chips/qemu_virt/uart16550.h>
#include <kernel/checked.h>

/* The NS16550A.
 *
 * Transmitting: the port interrupts when its transmit FIFO has run empty, and also when that
 * interrupt is switched on while the FIFO is empty. So transmit() only switches it on, and all
 * bytes are written by service(), a FIFO full at a time; with the last of them the buffer is done.
 * Whether the FIFO is empty is read from the line status: reading the interrupt identity would
 * take the interrupt back.
 *
 * Receiving: the trigger level is one byte, so that the interrupt stays up while any byte waits,
 * and bytes left for the next receive() raise it as soon as that switches it on.
 *
 * Invariant: the interrupt enable register is what enable_update() computes of the two
 * transfers. */

/* Interrupt enable register, section 8.7. */
enum interrupt_enable_bit {
	INTERRUPT_ENABLE_RECEIVED = 1 << 0,
	INTERRUPT_ENABLE_TRANSMIT_EMPTY = 1 << 1,
};

/* FIFO control register, section 8.5. Bits 7:6 are 0: receive trigger at one byte. */
enum fifo_control_bit {
	FIFO_CONTROL_ENABLE = 1 << 0,
	FIFO_CONTROL_CLEAR_RECEIVE = 1 << 1,
	FIFO_CONTROL_CLEAR_TRANSMIT = 1 << 2,
};

/* Line control register, section 8.1. */
enum line_control_bit {
	LINE_CONTROL_8_BITS = 3 << 0,
	LINE_CONTROL_DIVISOR_ACCESS = 1 << 7,
};

/* Modem control register, section 8.8. */
enum modem_control_bit {
	MODEM_CONTROL_TERMINAL_READY = 1 << 0,
	MODEM_CONTROL_REQUEST_TO_SEND = 1 << 1,
};

/* Line status register, section 8.4: the errors are of the byte to be read next. */
enum line_status_bit {
	LINE_STATUS_RECEIVED = 1 << 0,
	LINE_STATUS_PARITY_ERROR = 1 << 2,
	LINE_STATUS_FRAMING_ERROR = 1 << 3,
	LINE_STATUS_BREAK = 1 << 4,
	LINE_STATUS_BAD = LINE_STATUS_PARITY_ERROR | LINE_STATUS_FRAMING_ERROR | LINE_STATUS_BREAK,
	LINE_STATUS_TRANSMIT_EMPTY = 1 << 5,
};

enum {
	BAUD_RATE = 115200,
	/* Looks at the line status: in QEMU about a second. It waits for whoever reads the
	 * console, who may be slow. */
	PATIENCE = 10000000,
};

static void enable_update(struct qemu_virt_uart16550 *self)
{
	uint8_t enable = 0;

	if (self->transmit_length != 0) {
		enable |= INTERRUPT_ENABLE_TRANSMIT_EMPTY;
	}
	if (self->receive_length != 0 && !self->receive_aborted) {
		enable |= INTERRUPT_ENABLE_RECEIVED;
	}
	self->registers->interrupt_enable = enable;
}

static void transmit_finish(struct qemu_virt_uart16550 *self)
{
	struct buffer buffer = buffer_take(&self->transmit_buffer);
	uint32_t done = self->transmit_done;

	self->transmit_length = 0;
	self->transmit_done = 0;
	enable_update(self);
	uart_transmitted(&self->uart, buffer_take(&buffer), done, ERROR_NONE);
}

/* With the transmit FIFO empty. */
static void transmit_push(struct qemu_virt_uart16550 *self)
{
	for (uint32_t room = QEMU_VIRT_UART16550_FIFO_BYTES; room > 0; room--) {
		if (self->transmit_done == self->transmit_length) {
			break;
		}
		self->registers->data = buffer_get(&self->transmit_buffer, self->transmit_done);
		self->transmit_done++;
	}
	if (self->transmit_done == self->transmit_length) {
		transmit_finish(self);
	}
}

static void receive_finish(struct qemu_virt_uart16550 *self, enum error_code status)
{
	struct buffer buffer = buffer_take(&self->receive_buffer);
	uint32_t done = self->receive_done;

	self->receive_length = 0;
	self->receive_done = 0;
	self->receive_aborted = false;
	enable_update(self);
	uart_received(&self->uart, buffer_take(&buffer), done, status);
}

static void receive_pull(struct qemu_virt_uart16550 *self)
{
	for (uint32_t waiting = QEMU_VIRT_UART16550_FIFO_BYTES; waiting > 0; waiting--) {
		if (self->receive_done == self->receive_length) {
			break;
		}
		uint8_t status = self->registers->line_status;
		if ((status & LINE_STATUS_RECEIVED) == 0) {
			break;
		}
		uint8_t byte = self->registers->data;
		if ((status & LINE_STATUS_BAD) == 0) {
			buffer_set(&self->receive_buffer, self->receive_done, byte);
			self->receive_done++;
		}
	}
	if (self->receive_done == self->receive_length) {
		receive_finish(self, ERROR_NONE);
	}
}

static void uart16550_service(struct qemu_virt_uart16550 *self)
{
	if (self->receive_length != 0 && !self->receive_aborted) {
		receive_pull(self);
	}
	if (self->transmit_length != 0 &&
	    (self->registers->line_status & LINE_STATUS_TRANSMIT_EMPTY) != 0) {
		transmit_push(self);
	}
}

static void uart16550_deferred(struct qemu_virt_uart16550 *self)
{
	if (self->receive_aborted) {
		receive_finish(self, ERROR_CANCEL);
	}
}

static enum error_code uart16550_transmit(struct qemu_virt_uart16550 *self, struct buffer *buffer,
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
	enable_update(self);
	return ERROR_NONE;
}

static enum error_code uart16550_receive(struct qemu_virt_uart16550 *self, struct buffer *buffer,
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
	enable_update(self);
	return ERROR_NONE;
}

static void uart16550_receive_abort(struct qemu_virt_uart16550 *self)
{
	if (self->receive_length == 0) {
		return;
	}
	self->receive_aborted = true;
	enable_update(self);
	deferred_call_set(&self->deferred_call);
}

/* Whether the transmit FIFO ran empty in time. */
static bool wait_for_room(const struct qemu_virt_uart16550_registers *registers)
{
	for (uint32_t left = PATIENCE; left > 0; left--) {
		if ((registers->line_status & LINE_STATUS_TRANSMIT_EMPTY) != 0) {
			return true;
		}
	}
	return false;
}

static void uart16550_write_now(struct qemu_virt_uart16550 *self, struct read_span text)
{
	struct qemu_virt_uart16550_registers *registers = self->registers;

	registers->line_control = LINE_CONTROL_8_BITS;
	for (uint32_t index = 0; index < minimum(read_span_length(text), PANIC_WRITER_MAX);
	     index++) {
		if (!wait_for_room(registers)) {
			return;
		}
		registers->data = read_span_get(text, index);
	}
}

UART_IMPLEMENT(uart16550, struct qemu_virt_uart16550, uart, .transmit = uart16550_transmit,
	       .receive = uart16550_receive, .receive_abort = uart16550_receive_abort);
INTERRUPT_HANDLER_IMPLEMENT(uart16550, struct qemu_virt_uart16550, interrupt,
			    .service = uart16550_service);
PANIC_WRITER_IMPLEMENT(uart16550, struct qemu_virt_uart16550, panic_writer,
		       .write = uart16550_write_now);
DEFERRED_CALL_IMPLEMENT(uart16550, struct qemu_virt_uart16550, deferred_call,
			.run = uart16550_deferred);

static void registers_init(struct qemu_virt_uart16550_registers *registers, uint32_t clock_hz)
{
	uint32_t divisor = clock_hz / (16 * BAUD_RATE);

	registers->interrupt_enable = 0;
	registers->line_control = LINE_CONTROL_DIVISOR_ACCESS;
	registers->data = (uint8_t)divisor;
	registers->interrupt_enable = (uint8_t)(divisor >> 8);
	registers->line_control = LINE_CONTROL_8_BITS;
	registers->fifo_control =
	    FIFO_CONTROL_ENABLE | FIFO_CONTROL_CLEAR_RECEIVE | FIFO_CONTROL_CLEAR_TRANSMIT;
	registers->modem_control = MODEM_CONTROL_TERMINAL_READY | MODEM_CONTROL_REQUEST_TO_SEND;
}

void qemu_virt_uart16550_init(struct qemu_virt_uart16550 *self,
			      struct qemu_virt_uart16550_registers *registers, uint32_t clock_hz)
{
	self->registers = registers;
	self->transmit_length = 0;
	self->transmit_done = 0;
	self->receive_length = 0;
	self->receive_done = 0;
	self->receive_aborted = false;
	uart_bind(&self->uart, &uart16550_uart_operations);
	interrupt_handler_bind(&self->interrupt, &uart16550_interrupt_operations);
	panic_writer_bind(&self->panic_writer, &uart16550_panic_writer_operations);
	deferred_call_bind(&self->deferred_call, &uart16550_deferred_call_operations);
	registers_init(registers, clock_hz);
}
