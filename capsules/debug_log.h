#pragma once

#include <capsules/text.h>
#include <hil/debug_log.h>
#include <hil/uart.h>
#include <kernel/capsule.h>

/* The debug log of a board: messages wait in a ring and go out through a port, one line each.
 *
 * Keeps the clauses of hil/debug_log.h. Beyond these:
 *
 *   Q1  DEBUG_LOG_MESSAGES messages wait at most. From the first one lost on all are lost until the ring has
 *       drained; then a line "... 3 messages lost" stands in their place.
 *   Q2  A line is cut off at the end of its buffer. What is not printable in the words is sent as it is: they
 *       are the kernel's own.
 *   Q3  If the port refuses a line it is lost, and the next message tries again.
 *
 * RAM: 46 words and the line buffer. */
enum {
	DEBUG_LOG_MESSAGES = 8,
	DEBUG_LOG_LINE = 96, /* bytes that a line buffer should have */
	DEBUG_LOG_VALUES = 2
};

struct debug_log_message {
	struct read_span words;
	uint32_t values[DEBUG_LOG_VALUES];
};

struct debug_log_queue {
	struct debug_log log;
	struct uart_client client;
	struct deferred_call deferred;
	struct uart *uart;
	struct text line; /* its buffer is away while a line goes out */
	struct debug_log_message messages[DEBUG_LOG_MESSAGES];
	uint32_t first;     /* place of the oldest */
	uint32_t count;     /* that wait */
	uint32_t lost;      /* since the last line that told of it */
	uint32_t lost_ever; /* since the start; wraps */
};

/* Takes the line buffer. The port should begin lines (virtual_uart_begin_lines()). */
void debug_log_queue_init(struct debug_log_queue *self, struct uart *uart, struct buffer *line);

/* Adds what the queue still has to tell, in order, without taking it off: message `index` from 0, and behind the
 * last one how many were lost. False: there is nothing more. For a report when nothing goes out any more. */
bool debug_log_queue_add_pending(const struct debug_log_queue *self, uint32_t index,
				 struct text *line);
