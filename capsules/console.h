#pragma once

#include <hil/debug_log.h>
#include <hil/uart.h>
#include <kernel/capsule.h>

/* System-call driver 0x1: text between processes and one serial port.
 *
 *     command 0      exists
 *     command 1 (n)  write min(n, length) bytes of the buffer in read-only slot 1
 *     command 2 (n)  read min(n, length) bytes into the buffer in read-write slot 1
 *     command 3      end this process's read early
 *     upcall 1 (bytes written, 0, 0)
 *     upcall 2 (status, bytes read, 0)
 *
 *   W1  A write is always accepted and ends with upcall 1, also one of no bytes or without a buffer
 *       (0 bytes written).
 *   W2  Processes write one after the other, in the order in which they asked. The bytes of one
 *       write come out together: nothing else that shares the port gets in between.
 *   W3  A process that writes again before upcall 1 replaces what is left of its first write, keeps
 *       its place, and gets one upcall, for the second.
 *   W4  What a process has not written when it ends, or when it takes its buffer away, is dropped.
 *   R1  One read at a time: ERROR_BUSY while a living process reads. More bytes than the kernel's
 *       buffer holds, or none: ERROR_INVAL.
 *   R2  A read ends when all its bytes have come, or by command 3 with ERROR_CANCEL and the bytes
 *       so far. Command 3 has no effect on a read of another process; it always succeeds.
 *   R3  If the process has taken its buffer away meanwhile the read ends with ERROR_NOMEM and 0; if
 *       the buffer became too small, with ERROR_SIZE and the bytes that fitted; if the port
 *       failed, with ERROR_FAIL and 0. The debug log says how many bytes are lost so.
 *   R4  A read whose process has ended gives way to the next one that wants to read.
 *
 * RAM: 16 words, the two buffers, and 5 words in each process that uses it. */
struct console_app {
	uint32_t length;             /* bytes of the write under way */
	uint32_t written;            /* of these, bytes that have gone out */
	uint32_t ticket;             /* taken when the write was asked for */
	bool writing;                /* a write is under way or waits */
	bool piece_is_of_this_write; /* not of the one it replaced; while a piece is going out */
	uint32_t read_length;
};

GRANT_DEFINE(console_grant, struct console_app, .upcalls = 3, .read_only = 2, .read_write = 2);

struct console {
	struct driver driver;
	struct uart_client client;
	struct console_grant grant;
	bool read_again; /* the port still ends the read of a dead process; then begin the reader's
			  */
	struct uart *uart;
	struct debug_log *log NULLABLE;
	struct buffer write_buffer; /* empty while the port transmits */
	struct buffer read_buffer;  /* empty while the port receives */
	uint32_t tickets;           /* given out so far; wraps */
	struct process_id writer;   /* whose piece is going out, while the buffer is away */
	struct process_id reader;   /* who reads, or none */
	uint32_t read_limit;        /* bytes of the read buffer */
};

/* Takes the buffers. Writes go out in pieces of the write buffer's size (64 bytes is usual); the
 * read buffer's size is the longest read. */
void console_init(struct console *self, struct uart *uart, struct buffer *write_buffer,
		  struct buffer *read_buffer, struct debug_log *log NULLABLE);
