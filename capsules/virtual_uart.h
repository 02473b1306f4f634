#pragma once

#include <hil/uart.h>
#include <kernel/capsule.h>

/* Many clients on one serial port.
 *
 * Every virtual port keeps the clauses U1 to U5 of hil/uart.h. Beyond these:
 *
 *   X1  Who waits to transmit gets a turn after each of the others had at most one. A turn is one
 *       transmit(), or a chain of them held together by `more` (U4).
 *   X2  Each byte that comes goes to every virtual port that is receiving at that moment.
 *   X3  The hardware receives only while a virtual port does.
 *   X4  An error of the hardware ends the transfer it happened in; for receiving, that of every
 *       virtual port that receives. It is reported to their clients as it came.
 *   X5  Whole lines of a port that begins lines come out at the start of a line: if the last byte before them was
 *       another port's, and not a line feed, CR LF is sent first. (Bytes that do not end a line, such as an echo,
 *       are put behind what is there.)
 *
 * RAM: 21 words a mux, 12 words a port.
 *
 * Wiring:
 *     static uint8_t byte[1];
 *     struct buffer receive_buffer = BUFFER_OVER(byte);
 *     virtual_uart_mux_init(&mux, &uart0.uart, &receive_buffer);
 *     virtual_uart_init(&console_port, &mux);
 *     console_init(&console, &console_port.uart, ...);
 */
enum {
	VIRTUAL_UARTS_MAX = 8 /* ports a mux has room for; one more traps while the board starts */
};

struct virtual_uart_mux {
	struct uart_client client;
	struct deferred_call deferred;
	bool transmitting; /* from the hardware's transmit() until its end has been passed on */
	bool breaking; /* what goes out is the line break; the port whose turn it is still waits */
	bool in_line;  /* the last byte that went out was not a line feed */
	struct uart *hardware;
	struct buffer receive_buffer; /* empty while the hardware receives */
	struct buffer line_break; /* CR LF; empty while it goes out, or if no port begins lines */
	struct virtual_uart *ports[VIRTUAL_UARTS_MAX];
	uint32_t count;
	uint32_t turn; /* index of the port that transmits, or did last */
};

/* What a transfer of a virtual port is at. */
enum virtual_uart_state {
	VIRTUAL_UART_IDLE,
	VIRTUAL_UART_WAITING, /* transmit: for its turn; receive: for bytes */
	VIRTUAL_UART_ACTIVE,  /* transmit only: the hardware has the buffer */
	VIRTUAL_UART_ENDED,   /* the client is still to be told */
};

struct virtual_uart {
	struct uart uart;
	uint8_t transmit_state;  /* enum virtual_uart_state */
	uint8_t receive_state;   /* enum virtual_uart_state */
	uint8_t transmit_status; /* enum error_code; only when ENDED */
	uint8_t receive_status;  /* enum error_code; only when ENDED */
	bool transmit_more;
	bool begins_lines;
	struct virtual_uart_mux *mux;
	struct buffer transmit_buffer;
	struct buffer receive_buffer;
	uint32_t transmit_length;
	uint32_t receive_length; /* bytes asked for */
	uint32_t received;       /* bytes so far */
};

/* Takes the receive buffer, of 1 byte or more; 1 is used. */
void virtual_uart_mux_init(struct virtual_uart_mux *self, struct uart *hardware,
			   struct buffer *receive_buffer);

/* Also registers the port with its mux; at most once for each port. */
void virtual_uart_init(struct virtual_uart *self, struct virtual_uart_mux *mux);

/* From now on this port begins lines (X5). Takes a buffer of 2 bytes or more, at the first
 * such port of a mux; for others it may be empty. */
void virtual_uart_begin_lines(struct virtual_uart *self, struct buffer *line_break);
