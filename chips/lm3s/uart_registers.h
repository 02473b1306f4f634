#pragma once

#include <kernel/register.h>
#include <stdbool.h>

/* Data sheet, chapter "Universal Asynchronous Receivers/Transmitters (UARTs)", "Register Map". */

/* UARTDR, when read: a byte, and what was wrong with it. */
struct lm3s_uart_receive_data {
	uint32_t byte : 8;
	bool framing_error : 1;
	bool parity_error : 1;
	bool break_error : 1;
	bool overrun_error : 1;
	uint32_t reserved_12 : 20;
};
REGISTER_READ_ONLY(lm3s_uart_receive_data, struct lm3s_uart_receive_data, 0x00000000);

/* UARTDR, when written: the byte in bits 7:0. */
REGISTER_WRITE_ONLY(lm3s_uart_transmit_data, uint32_t);

/* UARTFR */
struct lm3s_uart_flags {
	uint32_t reserved_0 : 3;
	bool busy : 1;
	bool receive_empty : 1;
	bool transmit_full : 1;
	bool receive_full : 1;
	bool transmit_empty : 1;
	uint32_t reserved_8 : 24;
};
REGISTER_READ_ONLY(lm3s_uart_flags, struct lm3s_uart_flags, 0x00000090);

/* UARTIBRD and UARTFBRD: the clock's ratio to 16 times the baud rate, and 64ths of it. */
REGISTER_READ_WRITE(lm3s_uart_baud_integer, uint32_t, 0x00000000);
REGISTER_READ_WRITE(lm3s_uart_baud_fraction, uint32_t, 0x00000000);

/* UARTLCRH. Writing it makes what UARTIBRD and UARTFBRD were given take effect. */
enum lm3s_uart_word_length {
	LM3S_UART_5_BITS,
	LM3S_UART_6_BITS,
	LM3S_UART_7_BITS,
	LM3S_UART_8_BITS,
};

struct lm3s_uart_line_control {
	bool break_send : 1;
	bool parity : 1;
	bool parity_even : 1;
	bool two_stop_bits : 1;
	bool fifos : 1; /* clear: empties them, too */
	uint32_t word_length : 2 VALUES_OF(lm3s_uart_word_length);
	bool parity_stick : 1;
	uint32_t reserved_8 : 24;
};
REGISTER_READ_WRITE(lm3s_uart_line_control, struct lm3s_uart_line_control, 0x00000000);

/* UARTCTL */
struct lm3s_uart_control {
	bool enable : 1;
	bool infrared : 1;
	bool infrared_low_power : 1;
	uint32_t reserved_3 : 4;
	bool loopback : 1;
	bool transmit : 1;
	bool receive : 1;
	uint32_t reserved_10 : 22;
};
REGISTER_READ_WRITE(lm3s_uart_control, struct lm3s_uart_control, 0x00000300);

/* UARTIFLS: how full a FIFO is when it interrupts. */
enum lm3s_uart_level {
	LM3S_UART_LEVEL_EIGHTH,
	LM3S_UART_LEVEL_QUARTER,
	LM3S_UART_LEVEL_HALF,
	LM3S_UART_LEVEL_THREE_QUARTERS,
	LM3S_UART_LEVEL_SEVEN_EIGHTHS,
};

struct lm3s_uart_fifo_levels {
	uint32_t transmit : 3 VALUES_OF(lm3s_uart_level);
	uint32_t receive : 3 VALUES_OF(lm3s_uart_level);
	uint32_t reserved_6 : 26;
};
REGISTER_READ_WRITE(lm3s_uart_fifo_levels, struct lm3s_uart_fifo_levels, 0x00000012);

/* UARTIM, UARTRIS, UARTMIS and UARTICR */
struct lm3s_uart_interrupts {
	uint32_t reserved_0 : 4;
	bool receive : 1;
	bool transmit : 1;
	bool receive_timeout : 1; /* bytes wait, and for 32 bit times none came */
	bool framing_error : 1;
	bool parity_error : 1;
	bool break_error : 1;
	bool overrun_error : 1;
	uint32_t reserved_11 : 21;
};
REGISTER_BITS(lm3s_uart_interrupt_mask, struct lm3s_uart_interrupts, 0x00000000);
REGISTER_READ_ONLY(lm3s_uart_interrupts_raw, struct lm3s_uart_interrupts, 0x00000000);
REGISTER_READ_ONLY(lm3s_uart_interrupts_masked, struct lm3s_uart_interrupts, 0x00000000);
REGISTER_WRITE_1_TO_CLEAR(lm3s_uart_interrupts, struct lm3s_uart_interrupts);

struct lm3s_uart_registers {
	union {
		struct lm3s_uart_receive_data_register receive_data AT_OFFSET(0x000);
		struct lm3s_uart_transmit_data_register transmit_data AT_OFFSET(0x000);
	};
	uint32_t reserved_004[5];
	struct lm3s_uart_flags_register flags AT_OFFSET(0x018);
	uint32_t reserved_01c[2];
	struct lm3s_uart_baud_integer_register baud_integer AT_OFFSET(0x024);
	struct lm3s_uart_baud_fraction_register baud_fraction AT_OFFSET(0x028);
	struct lm3s_uart_line_control_register line_control AT_OFFSET(0x02C);
	struct lm3s_uart_control_register control AT_OFFSET(0x030);
	struct lm3s_uart_fifo_levels_register fifo_levels AT_OFFSET(0x034);
	struct lm3s_uart_interrupt_mask_register interrupt_mask AT_OFFSET(0x038); /* 1: through */
	struct lm3s_uart_interrupts_raw_register interrupts_raw AT_OFFSET(0x03C);
	struct lm3s_uart_interrupts_masked_register interrupts_masked AT_OFFSET(0x040);
	struct lm3s_uart_interrupts_register interrupts AT_OFFSET(0x044);
};
