#pragma once

#include <kernel/capsule.h>

/* A line of text in the making, in a buffer that has an owner.
 *
 *   T1  What does not fit is cut off; nothing here traps or fails. A text whose buffer is away
 *       has no room at all.
 *   T2  text_end_line() always finds room for its CR LF: it cuts the text's end for it.
 *
 *   T3  Nothing here writes more than TEXT_MAX bytes at once.
 *
 * To send it: uart_transmit(uart, &text.buffer, text.length, more); when it comes back,
 * text_restart(&text, &buffer). */
enum {
	TEXT_MAX = 255
};

struct text {
	struct buffer buffer;
	uint32_t length; /* bytes in use, at most the buffer's size */
};

/* Takes the buffer and begins an empty text in it. */
void text_restart(struct text *self, struct buffer *buffer);

/* Begins anew in the same buffer. */
void text_clear(struct text *self);

/* For literals: text_add(&line, SPAN_OF_TEXT("...")). */
void text_add(struct text *self, struct read_span bytes);

/* The same for bytes from others, at most `limit` of them: what is not a printable ASCII character
 * becomes '?', so that nobody can move the reader's cursor. */
void text_add_foreign(struct text *self, struct read_span bytes, uint8_t limit);

void text_add_char(struct text *self, char character);
void text_add_decimal(struct text *self, uint32_t value);

/* Lower case, without "0x". As few digits as possible (at least one), or exactly eight. */
void text_add_hex(struct text *self, uint32_t value);
void text_add_hex_padded(struct text *self, uint32_t value);

/* Adds `filler` until the text is `column` bytes long. */
void text_fill_to(struct text *self, uint32_t column, char filler);

void text_end_line(struct text *self);
