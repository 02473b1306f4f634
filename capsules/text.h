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

/* Words with numbers in them. In `format`, a literal, a pair of braces stands for a number:
 *
 *     {}    the next one, in decimal     {a}   the first one, {b} the second, and so on; the next is the one behind
 *     {6}   at the right end of 6 columns, at most of 10; {z3} filled up with zeros
 *     {x}   in hexadecimal, with "0x"    {w}   as a word: eight hexadecimal digits, without "0x"
 *
 * or for something else:
 *
 *     {n24} `name`, like text_add_foreign(), at most 24 bytes
 *     {t20} blanks, until the text is 20 bytes long
 *
 * As in "{ax}" the letter of a number comes first. A number that is not there is a '?'. */
enum {
	TEXT_NUMBERS = 13 /* letters a to m */
};

struct text_numbers {
	uint32_t count;
	uint32_t values[TEXT_NUMBERS];
};

void text_format(struct text *self, struct read_span format, struct read_span name,
		 const struct text_numbers *numbers);

/* The same without a name, for one number and for three. */
void text_format_1(struct text *self, struct read_span format, uint32_t a);
void text_format_3(struct text *self, struct read_span format, uint32_t a, uint32_t b, uint32_t c);

/* Adds `filler` until the text is `column` bytes long. */
void text_fill_to(struct text *self, uint32_t column, char filler);

void text_end_line(struct text *self);
