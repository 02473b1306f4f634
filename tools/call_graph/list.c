#include <tools/call_graph/list.h>
#include <tools/tbf/command_line.h>

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum {
	FIRST_ROOM = 8,
};

void *list_room(void *items, uint32_t count, uint32_t *room, size_t item_size)
{
	if (count < *room) {
		return items;
	}
	*room = *room == 0 ? FIRST_ROOM : *room * 2;
	items = reallocarray(items, *room, item_size);
	if (items == NULL) {
		refuse("no memory for %u items", *room);
	}
	return items;
}

void list_sort(void *items, uint32_t count, size_t item_size,
	       int (*compare)(const void *, const void *))
{
	if (count > 0) {
		qsort(items, count, item_size, compare);
	}
}

void *memory_new(size_t count, size_t size)
{
	void *memory = calloc(count > 0 ? count : 1, size);

	if (memory == NULL) {
		refuse("no memory for %zu items", count);
	}
	return memory;
}

char *text_new(const char *format, ...)
{
	va_list arguments;
	char *text;

	va_start(arguments, format);
	if (vasprintf(&text, format, arguments) < 0) {
		refuse("no memory for a text");
	}
	va_end(arguments);
	return text;
}
