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
 * Invariant: between calls the interrupt of transmitting is enabled while a transmission is under
 * way, and that of receiving while a reception is that nobody aborted. */

enum {
	BAUD_RATE = 115200,
	/* Looks at the line status: in QEMU about a second. It waits for whoever reads the
	 * console, who may be slow. */
	PATIENCE = 10000000,
};

static const struct uart16550_line_control BYTES = {.word_length = UART16550_8_BITS};
static const struct uart16550_interrupts TRANSMIT_EMPTY = {.transmit_empty = true};
static const struct uart16550_interrupts RECEIVED = {.received = true};

static void transmit_finish(struct qemu_virt_uart16550 *self)
{
	struct buffer buffer = buffer_take(&self->transmit_buffer);
	uint32_t done = self->transmit_done;

	self->transmit_length = 0;
	self->transmit_done = 0;
	uart16550_interrupt_enable_clear(&self->registers->interrupt_enable, TRANSMIT_EMPTY);
	uart_transmitted(&self->uart, buffer_take(&buffer), done, ERROR_NONE);
}

/* With the transmit FIFO empty. */
static void transmit_push(struct qemu_virt_uart16550 *self)
{
	for (uint32_t room = QEMU_VIRT_UART16550_FIFO_BYTES; room > 0; room--) {
		if (self->transmit_done == self->transmit_length) {
			break;
		}
		uart16550_transmit_data_write(
		    &self->registers->transmit_data,
		    buffer_get(&self->transmit_buffer, self->transmit_done));
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
	uart16550_interrupt_enable_clear(&self->registers->interrupt_enable, RECEIVED);
	uart_received(&self->uart, buffer_take(&buffer), done, status);
}

static void receive_pull(struct qemu_virt_uart16550 *self)
{
	for (uint32_t waiting = QEMU_VIRT_UART16550_FIFO_BYTES; waiting > 0; waiting--) {
		if (self->receive_done == self->receive_length) {
			break;
		}
		struct uart16550_line_status status =
		    uart16550_line_status_read(&self->registers->line_status);
		if (!status.received) {
			break;
		}
		uint8_t byte = uart16550_receive_data_read(&self->registers->receive_data);
		if (!status.parity_error && !status.framing_error && !status.break_error) {
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
	    uart16550_line_status_read(&self->registers->line_status).transmit_empty) {
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
	uart16550_interrupt_enable_set(&self->registers->interrupt_enable, TRANSMIT_EMPTY);
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
	uart16550_interrupt_enable_set(&self->registers->interrupt_enable, RECEIVED);
	return ERROR_NONE;
}

static void uart16550_receive_abort(struct qemu_virt_uart16550 *self)
{
	if (self->receive_length == 0) {
		return;
	}
	self->receive_aborted = true;
	uart16550_interrupt_enable_clear(&self->registers->interrupt_enable, RECEIVED);
	deferred_call_set(&self->deferred_call);
}

/* Whether the transmit FIFO ran empty in time. */
static bool wait_for_room(const struct qemu_virt_uart16550_registers *registers)
{
	for (uint32_t left = PATIENCE; left > 0; left--) {
		if (uart16550_line_status_read(&registers->line_status).transmit_empty) {
			return true;
		}
	}
	return false;
}

static void uart16550_write_now(struct qemu_virt_uart16550 *self, struct read_span text)
{
	struct qemu_virt_uart16550_registers *registers = self->registers;

	uart16550_line_control_write(&registers->line_control, BYTES);
	for (uint32_t index = 0; index < minimum(read_span_length(text), PANIC_WRITER_MAX);
	     index++) {
		if (!wait_for_room(registers)) {
			return;
		}
		uart16550_transmit_data_write(&registers->transmit_data,
					      read_span_get(text, index));
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

	uart16550_interrupt_enable_write(&registers->interrupt_enable,
					 (struct uart16550_interrupts){0});
	uart16550_line_control_write(&registers->line_control,
				     (struct uart16550_line_control){.divisor_access = true});
	uart16550_divisor_low_write(&registers->divisor_low, (uint8_t)divisor);
	uart16550_divisor_high_write(&registers->divisor_high, (uint8_t)(divisor >> 8));
	uart16550_line_control_write(&registers->line_control, BYTES);
	uart16550_fifo_control_write(&registers->fifo_control,
				     (struct uart16550_fifo_control){
					 .enable = true,
					 .clear_receive = true,
					 .clear_transmit = true,
					 .trigger = UART16550_TRIGGER_1_BYTE,
				     });
	uart16550_modem_control_write(
	    &registers->modem_control,
	    (struct uart16550_modem_control){.terminal_ready = true, .request_to_send = true});
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
