#pragma once

#include <capsules/text.h>
#include <hil/uart.h>
#include <kernel/capsule.h>

/* System-call driver 0x8: a process says something short before it has a console, or a memory.
 *
 *     command 0         exists
 *     command 1 (code)  alert
 *     command 2 (v)     print a number
 *     command 3 (v, w)  print two
 *
 *   E1  Commands 1 to 3 always succeed and never wait.
 *   E2  Each process has room for four messages that have not gone out. One that finds no room, and
 *       all that follow it, are dropped and counted until those four are out; then one line tells
 *       how many were lost.
 *   E3  Processes take turns, one line each.
 *   E4  A process without memory for its messages: one line says so, without its number.
 *
 * RAM: 11 words, the line buffer, and 14 words in each process that uses it. */
enum {
	LOW_LEVEL_DEBUG_QUEUE = 4, /* messages */
	LOW_LEVEL_DEBUG_LINE = 64  /* bytes; the longest line has 61 */
};

struct low_level_debug_message {
	uint32_t command; /* 1, 2, 3 */
	uint32_t values[2];
};

struct low_level_debug_app {
	uint8_t first; /* index of the oldest message */
	uint8_t count;
	struct low_level_debug_message queue[LOW_LEVEL_DEBUG_QUEUE];
	uint32_t dropped; /* since the queue became full; while not 0 nothing is queued */
};

GRANT_DEFINE(low_level_debug_grant, struct low_level_debug_app, .upcalls = 0);

struct low_level_debug {
	struct driver driver;
	struct uart_client client;
	struct low_level_debug_grant grant;
	bool grant_failed; /* and nobody was told yet */
	struct uart *uart;
	struct text line;       /* its buffer is away while a line goes out */
	struct process_id last; /* whose line went out last */
};

/* Takes the buffer, of LOW_LEVEL_DEBUG_LINE bytes. */
void low_level_debug_init(struct low_level_debug *self, struct uart *uart, struct buffer *line);
