#pragma once

#include <hil/uart.h>
#include <kernel/buffer.h>
#include <kernel/deferred_call.h>
#include <kernel/interrupt.h>
#include <kernel/panic_writer.h>
#include <stdbool.h>
#include <stddef.h>
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

/* PC16550D data sheet, section 8.0, table II "Summary of Registers". */
struct qemu_virt_uart16550_registers {
	volatile uint8_t data;             /* 0 RBR, THR; DLL while DLAB */
	volatile uint8_t interrupt_enable; /* 1 IER; DLM while DLAB */
	union {
		const volatile uint8_t interrupt_identity; /* 2 IIR, when read */
		volatile uint8_t fifo_control;             /* 2 FCR, when written */
	};
	volatile uint8_t line_control;       /* 3 LCR */
	volatile uint8_t modem_control;      /* 4 MCR */
	const volatile uint8_t line_status;  /* 5 LSR; reading clears the error bits */
	const volatile uint8_t modem_status; /* 6 MSR */
	volatile uint8_t scratch;            /* 7 SCR */
};

_Static_assert(offsetof(struct qemu_virt_uart16550_registers, fifo_control) == 2, "FCR");
_Static_assert(offsetof(struct qemu_virt_uart16550_registers, line_status) == 5, "LSR");
_Static_assert(sizeof(struct qemu_virt_uart16550_registers) == 8, "eight registers");

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
