#include "memory_functions.h"

#include <stdint.h>

/* A word at a time where both ends allow it: breaks are cleared and grants made with these. */
static int is_word_aligned(const void *pointer)
{
	return ((uintptr_t)pointer & 3u) == 0;
}

void *memset(void *to, int byte, size_t size)
{
	uint8_t *bytes = to;

	if (is_word_aligned(to)) {
		uint32_t word = (uint8_t)byte * 0x01010101u;
		uint32_t *words = to;

		for (; size >= 4; size -= 4) {
			*words++ = word;
		}
		bytes = (uint8_t *)words;
	}
	while (size-- > 0) {
		*bytes++ = (uint8_t)byte;
	}
	return to;
}

void *memcpy(void *restrict to, const void *restrict from, size_t size)
{
	uint8_t *bytes_to = to;
	const uint8_t *bytes_from = from;

	if (is_word_aligned(to) && is_word_aligned(from)) {
		uint32_t *words_to = to;
		const uint32_t *words_from = from;

		for (; size >= 4; size -= 4) {
			*words_to++ = *words_from++;
		}
		bytes_to = (uint8_t *)words_to;
		bytes_from = (const uint8_t *)words_from;
	}
	while (size-- > 0) {
		*bytes_to++ = *bytes_from++;
	}
	return to;
}

void *memmove(void *to, const void *from, size_t size)
{
	uint8_t *bytes_to = to;
	const uint8_t *bytes_from = from;

	if ((uintptr_t)to <= (uintptr_t)from) {
		while (size-- > 0) {
			*bytes_to++ = *bytes_from++;
		}
		return to;
	}
	while (size-- > 0) {
		bytes_to[size] = bytes_from[size];
	}
	return to;
}

int memcmp(const void *a, const void *b, size_t size)
{
	const uint8_t *bytes_a = a;
	const uint8_t *bytes_b = b;

	for (; size > 0; size--, bytes_a++, bytes_b++) {
		if (*bytes_a != *bytes_b) {
			return *bytes_a - *bytes_b;
		}
	}
	return 0;
}
