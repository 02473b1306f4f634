#pragma once

#include <chips/lm3s/uart_registers.h>
#include <hil/uart.h>
#include <kernel/buffer.h>
#include <kernel/deferred_call.h>
#include <kernel/interrupt.h>
#include <kernel/panic_writer.h>
#include <stdbool.h>
#include <stdint.h>

/* A serial port of the LM3S6965: 115200 baud, 8 data bits, no parity, 1 stop bit, both FIFOs.
 *
 * Offers struct uart, and struct panic_writer for text that cannot wait. To what hil/uart.h says
 * it adds:
 *
 *   L1  A buffer comes back when its last byte is in the FIFO, up to 1.5 ms before it is on the
 *       line.
 *   L2  One interrupt moves at most LM3S_UART_FIFO_BYTES bytes each way.
 *   L3  The first bytes that come while nobody receives, up to a FIFO full, are kept for the next
 *       receive(); nobody may rely on it.
 *   L4  A byte that came with a framing or parity error, or as part of a break, is dropped.
 *
 * RAM: 17 words. Wiring: the port's pins handed over with lm3s_gpio_pins_to_peripheral(), its
 * clock gate open, `interrupt` at the port's line, `deferred_call` needs nothing. */

enum {
	LM3S_UART_FIFO_BYTES = 16,
};

struct lm3s_uart {
	struct uart uart;
	struct interrupt_handler interrupt;
	struct panic_writer panic_writer;
	struct deferred_call deferred_call;

	bool receive_aborted; /* the deferred call gives the buffer back */
	struct lm3s_uart_registers *registers;

	/* Not empty while a transmission is under way. */
	struct buffer transmit_buffer;
	uint32_t transmit_length; /* bytes */
	uint32_t transmit_done;   /* bytes handed to the FIFO */

	/* Not empty while a reception is under way. */
	struct buffer receive_buffer;
	uint32_t receive_length; /* bytes */
	uint32_t receive_done;   /* bytes */
};

/* Sets the port up. `clock_hz` is the system clock, 2 MHz to 50 MHz. */
void lm3s_uart_init(struct lm3s_uart *self, struct lm3s_uart_registers *registers,
		    uint32_t clock_hz);
