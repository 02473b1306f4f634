#include <stddef.h>
#include <stdint.h>

/* The four functions that a compiler calls by itself, in place of those of a C library. Bytewise:
 * applications here are small and so are their copies. */

void *memcpy(void *restrict to, const void *restrict from, size_t length);
void *memmove(void *to, const void *from, size_t length);
void *memset(void *to, int value, size_t length);
int memcmp(const void *one, const void *other, size_t length);

void *memcpy(void *restrict to, const void *restrict from, size_t length)
{
	return memmove(to, from, length);
}

void *memmove(void *to, const void *from, size_t length)
{
	uint8_t *target = to;
	const uint8_t *source = from;

	if (target <= source) {
		for (size_t i = 0; i < length; i++) {
			target[i] = source[i];
		}
	} else {
		for (size_t i = length; i > 0; i--) {
			target[i - 1] = source[i - 1];
		}
	}
	return to;
}

void *memset(void *to, int value, size_t length)
{
	uint8_t *target = to;

	for (size_t i = 0; i < length; i++) {
		target[i] = (uint8_t)value;
	}
	return to;
}

int memcmp(const void *one, const void *other, size_t length)
{
	const uint8_t *a = one;
	const uint8_t *b = other;

	for (size_t i = 0; i < length; i++) {
		if (a[i] != b[i]) {
			return a[i] - b[i];
		}
	}
	return 0;
}
