#pragma once

#include <kernel/register.h>
#include <stdbool.h>

/* PC16550D data sheet, section 8.0, table II "Summary of Registers". */

REGISTER_READ_ONLY(uart16550_receive_data, uint8_t, RESET_UNKNOWN); /* RBR */
REGISTER_WRITE_ONLY(uart16550_transmit_data, uint8_t);              /* THR */

/* DLL and DLM, there while line_control.divisor_access is set. */
REGISTER_READ_WRITE(uart16550_divisor_low, uint8_t, RESET_UNKNOWN);
REGISTER_READ_WRITE(uart16550_divisor_high, uint8_t, RESET_UNKNOWN);

/* IER, section 8.7 */
struct uart16550_interrupts {
	bool received : 1;
	bool transmit_empty : 1;
	bool line_status : 1;
	bool modem_status : 1;
	uint8_t reserved_4 : 4;
};
REGISTER_BITS(uart16550_interrupt_enable, struct uart16550_interrupts, 0x00);

/* IIR, section 8.6 */
struct uart16550_interrupt_identity {
	bool none_pending : 1;
	uint8_t identity : 3;
	uint8_t reserved_4 : 2;
	uint8_t fifos : 2;
};
REGISTER_READ_ONLY(uart16550_interrupt_identity, struct uart16550_interrupt_identity, 0x01);

/* FCR, section 8.5 */
enum uart16550_trigger {
	UART16550_TRIGGER_1_BYTE,
	UART16550_TRIGGER_4_BYTES,
	UART16550_TRIGGER_8_BYTES,
	UART16550_TRIGGER_14_BYTES,
};

struct uart16550_fifo_control {
	bool enable : 1;
	bool clear_receive : 1;
	bool clear_transmit : 1;
	bool dma_mode : 1;
	uint8_t reserved_4 : 2;
	uint8_t trigger : 2 VALUES_OF(uart16550_trigger);
};
REGISTER_WRITE_ONLY(uart16550_fifo_control, struct uart16550_fifo_control);

/* LCR, section 8.1 */
enum uart16550_word_length {
	UART16550_5_BITS,
	UART16550_6_BITS,
	UART16550_7_BITS,
	UART16550_8_BITS,
};

struct uart16550_line_control {
	uint8_t word_length : 2 VALUES_OF(uart16550_word_length);
	bool two_stop_bits : 1;
	bool parity : 1;
	bool parity_even : 1;
	bool parity_stick : 1;
	bool break_send : 1;
	bool divisor_access : 1;
};
REGISTER_READ_WRITE(uart16550_line_control, struct uart16550_line_control, 0x00);

/* MCR, section 8.8. QEMU: 0x08 after reset. */
struct uart16550_modem_control {
	bool terminal_ready : 1;
	bool request_to_send : 1;
	bool out_1 : 1;
	bool out_2 : 1;
	bool loopback : 1;
	uint8_t reserved_5 : 3;
};
REGISTER_READ_WRITE(uart16550_modem_control, struct uart16550_modem_control, 0x00);

/* LSR, section 8.4: the errors are of the byte to be read next; reading clears them. */
struct uart16550_line_status {
	bool received : 1;
	bool overrun_error : 1;
	bool parity_error : 1;
	bool framing_error : 1;
	bool break_error : 1;
	bool transmit_empty : 1; /* the FIFO */
	bool silent : 1;         /* and the shift register */
	bool fifo_error : 1;
};
REGISTER_READ_ONLY(uart16550_line_status, struct uart16550_line_status, 0x60);

struct qemu_virt_uart16550_registers {
	union {
		struct uart16550_receive_data_register receive_data AT_OFFSET(0);
		struct uart16550_transmit_data_register transmit_data AT_OFFSET(0);
		struct uart16550_divisor_low_register divisor_low AT_OFFSET(0);
	};
	union {
		struct uart16550_interrupt_enable_register interrupt_enable AT_OFFSET(1);
		struct uart16550_divisor_high_register divisor_high AT_OFFSET(1);
	};
	union {
		struct uart16550_interrupt_identity_register identity AT_OFFSET(2);
		struct uart16550_fifo_control_register fifo_control AT_OFFSET(2);
	};
	struct uart16550_line_control_register line_control AT_OFFSET(3);
	struct uart16550_modem_control_register modem_control AT_OFFSET(4);
	struct uart16550_line_status_register line_status AT_OFFSET(5);
	uint8_t reserved_6[2]; /* MSR, SCR */
};
