#pragma once

#include <chips/qemu_virt/uart16550_registers.h>
#include <hil/uart.h>
#include <kernel/buffer.h>
#include <kernel/deferred_call.h>
#include <kernel/interrupt.h>
#include <kernel/panic_writer.h>
#include <stdbool.h>
#include <stdint.h>

/* A serial port of the NS16550A kind, as QEMU's `virt` machine has it: 115200 baud, 8 data bits, no
 * parity, 1 stop bit, both FIFOs.
 *
 * Offers struct uart, and struct panic_writer for text that cannot wait. To what hil/uart.h says
 * it adds:
 *
 *   N1  A buffer comes back when its last byte is in the FIFO.
 *   N2  One interrupt moves at most QEMU_VIRT_UART16550_FIFO_BYTES bytes each way.
 *   N3  The first bytes that come while nobody receives, up to a FIFO full, are kept for the next
 *       receive(); nobody may rely on it.
 *   N4  A byte that came with a framing or parity error, or as part of a break, is dropped.
 *
 * RAM: 17 words. Wiring: `interrupt` at the port's line, `deferred_call` needs nothing. */

enum {
	QEMU_VIRT_UART16550_FIFO_BYTES = 16,
	QEMU_VIRT_UART16550_CLOCK_HZ = 3686400, /* of the machine's port; from its device tree */
};

struct qemu_virt_uart16550 {
	struct uart uart;
	struct interrupt_handler interrupt;
	struct panic_writer panic_writer;
	struct deferred_call deferred_call;

	struct qemu_virt_uart16550_registers *registers;

	/* Not empty while a transmission is under way. */
	struct buffer transmit_buffer;
	uint32_t transmit_length; /* bytes */
	uint32_t transmit_done;   /* bytes handed to the FIFO */

	/* Not empty while a reception is under way. */
	struct buffer receive_buffer;
	uint32_t receive_length; /* bytes */
	uint32_t receive_done;   /* bytes */
	bool receive_aborted;    /* the deferred call gives the buffer back */
};

/* Sets the port up. `clock_hz` is the port's clock, 1,843,200 Hz or more. */
void qemu_virt_uart16550_init(struct qemu_virt_uart16550 *self,
			      struct qemu_virt_uart16550_registers *registers, uint32_t clock_hz);
