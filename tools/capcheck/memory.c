/* Memory and strings. One run looks at one file: nothing is given back before the end, when
 * memory_release() gives back all of it. */

#include "capcheck.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct piece {
	struct piece *next;
	max_align_t bytes[];
};

static struct piece *pieces;

static void memory_release(void)
{
	while (pieces != NULL) {
		struct piece *next = pieces->next;

		free(pieces);
		pieces = next;
	}
}

void *memory_take(size_t size)
{
	struct piece *piece = calloc(1, sizeof(struct piece) + size);

	if (piece == NULL) {
		fail("out of memory");
	}
	if (pieces == NULL) {
		atexit(memory_release);
	}
	piece->next = pieces;
	pieces = piece;
	return piece->bytes;
}

const char *string_of(CXString string)
{
	const char *text = clang_getCString(string);
	size_t length = text == NULL ? 0 : strlen(text);
	char *copy = memory_take(length + 1);

	memcpy(copy, text == NULL ? "" : text, length);
	clang_disposeString(string);
	return copy;
}

char *string_format(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	int length = vsnprintf(NULL, 0, format, arguments);
	va_end(arguments);

	char *text = memory_take((size_t)length + 1);

	va_start(arguments, format);
	vsnprintf(text, (size_t)length + 1, format, arguments);
	va_end(arguments);
	return text;
}

bool begins_with(const char *string, const char *prefix)
{
	return strncmp(string, prefix, strlen(prefix)) == 0;
}

bool ends_with(const char *string, const char *suffix)
{
	size_t length = strlen(string);
	size_t suffix_length = strlen(suffix);

	return length >= suffix_length && strcmp(string + length - suffix_length, suffix) == 0;
}

void fail(const char *format, ...)
{
	va_list arguments;

	fputs("capcheck: ", stderr);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
	exit(2);
}
