#pragma once

#include <kernel/annotation.h>
#include <stdbool.h>
#include <stdint.h>

/* Memory that has exactly one owner.
 *
 *   B1  A buffer is moved, never copied: buffer_take() leaves the place it came from empty.
 *   B2  A split-phase call that takes a `struct buffer *` empties it when it returns ERROR_NONE and
 *       leaves it alone when it returns an error. The completion callback gives the buffer back.
 *   B3  An empty buffer has size 0.
 *   B4  Whoever holds hardware that reads or writes a buffer holds the buffer until it is done.
 *
 * A field of this type is the cell that a buffer is taken from and put back into. Boards make
 * buffers, from static arrays (BUFFER_OVER). RAM: two words. */
struct buffer {
	uint8_t *private_bytes NULLABLE;
	uint32_t private_size;
} OWNED;

/* The one place where memory becomes a buffer. Boards only, once for each array. */
#define BUFFER_OVER(array) ((struct buffer){(array), sizeof(array)})

/* Takes the buffer out of `place`, which is empty afterwards. */
static inline struct buffer buffer_take(struct buffer *place)
{
	struct buffer taken = *place;

	*place = (struct buffer){0};
	return taken;
}

/* Gives the buffer up for good: nobody has it any more. */
static inline void buffer_drop(struct buffer *place)
{
	*place = (struct buffer){0};
}

static inline bool buffer_is_empty(const struct buffer *buffer)
{
	return buffer->private_size == 0;
}

/* Bytes that fit into it. */
static inline uint32_t buffer_size(const struct buffer *buffer)
{
	return buffer->private_size;
}

/* An index outside the buffer is a mistake of the capsule: it traps. */
static inline uint8_t buffer_get(const struct buffer *buffer, uint32_t index)
{
	if (index >= buffer->private_size) {
		__builtin_trap();
	}
	return buffer->private_bytes[index];
}

static inline void buffer_set(struct buffer *buffer, uint32_t index, uint8_t value)
{
	if (index >= buffer->private_size) {
		__builtin_trap();
	}
	buffer->private_bytes[index] = value;
}
