#include <kernel/span.h>

static uint32_t least(uint32_t a, uint32_t b, uint32_t c)
{
	uint32_t ab = a < b ? a : b;

	return ab < c ? ab : c;
}

uint32_t read_span_copy(struct read_span from, uint32_t offset, struct buffer *to, uint32_t length)
{
	if (offset >= from.private_length) {
		return 0;
	}

	uint32_t count = least(from.private_length - offset, to->private_size, length);

	for (uint32_t i = 0; i < count; i++) {
		to->private_bytes[i] = from.private_bytes[offset + i];
	}
	return count;
}

uint32_t write_span_copy(struct write_span to, uint32_t offset, const struct buffer *from,
			 uint32_t length)
{
	if (offset >= to.private_length) {
		return 0;
	}

	uint32_t count = least(to.private_length - offset, from->private_size, length);

	for (uint32_t i = 0; i < count; i++) {
		to.private_bytes[offset + i] = from->private_bytes[i];
	}
	return count;
}
