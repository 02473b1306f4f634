#pragma once

#include <kernel/buffer.h>

/* Bytes that belong to somebody else, seen for a moment.
 *
 * A span is borrowed: it may be passed down to a call and must not be stored or returned. A span
 * over a process's memory is good until the capsule returns to the kernel; the process cannot run,
 * nor take the memory back, before that. Every access is checked. */
struct read_span {
	const uint8_t *private_bytes NULLABLE;
	uint32_t private_length;
} BORROWED BY_VALUE;

struct write_span {
	uint8_t *private_bytes NULLABLE;
	uint32_t private_length;
} BORROWED BY_VALUE;

/* Bytes from a string constant, for example a message. */
#define SPAN_OF_TEXT(literal)                                                                      \
	((struct read_span){(const uint8_t *)("" literal), sizeof(literal) - 1})

static inline uint32_t read_span_length(struct read_span span)
{
	return span.private_length;
}

static inline uint32_t write_span_length(struct write_span span)
{
	return span.private_length;
}

/* Traps when `index` is outside. */
static inline uint8_t read_span_get(struct read_span span, uint32_t index)
{
	if (index >= span.private_length) {
		__builtin_trap();
	}
	return span.private_bytes[index];
}

/* The first `length` bytes of a buffer, or as many as it has. Good until the buffer is moved. */
BORROWED static inline struct read_span buffer_span(const struct buffer *buffer, uint32_t length)
{
	return (struct read_span){buffer->private_bytes,
				  length < buffer->private_size ? length : buffer->private_size};
}

/* Copies bytes [offset, offset + length) of `from` to the start of `to`, as far as both reach.
 * Returns how many bytes were copied; 0 when `offset` is outside. */
uint32_t read_span_copy(struct read_span from, uint32_t offset, struct buffer *to, uint32_t length);

/* Copies the first `length` bytes of `from` to `offset` in `to`, as far as both reach. Returns how
 * many bytes were copied; 0 when `offset` is outside. */
uint32_t write_span_copy(struct write_span to, uint32_t offset, const struct buffer *from,
			 uint32_t length);
