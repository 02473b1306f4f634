#pragma once

#include <stddef.h>
#include <stdint.h>

/* Lists that grow. Nothing is ever freed: the program ends when its answer is out. */
#define LIST(type)                                                                                 \
	struct {                                                                                   \
		type *items;                                                                       \
		uint32_t count;                                                                    \
		uint32_t room;                                                                     \
	}

/* Makes room for one more item at the end and is that item. */
#define LIST_NEW(list)                                                                             \
	((list)->items =                                                                           \
	     list_room((list)->items, (list)->count, &(list)->room, sizeof((list)->items[0])),     \
	 &(list)->items[(list)->count++])

/* The item is made before the list moves: what makes it may add to the same list. */
#define LIST_ADD(list, item)                                                                       \
	do {                                                                                       \
		__auto_type private_item = (item);                                                 \
		*LIST_NEW(list) = private_item;                                                    \
	} while (0)

/* Walks over all items; the list may not grow meanwhile. */
#define LIST_EACH(list, each)                                                                      \
	for (__auto_type each = (list)->items; each < (list)->items + (list)->count; each++)

typedef LIST(uint32_t) number_list;

#define LIST_SORT(list, compare)                                                                   \
	list_sort((list)->items, (list)->count, sizeof((list)->items[0]), compare)

/* Private. */
void list_sort(void *items, uint32_t count, size_t item_size,
	       int (*compare)(const void *, const void *));

/* Private: `items`, moved if it was full. */
void *list_room(void *items, uint32_t count, uint32_t *room, size_t item_size);

/* Zeroed memory, or the end of the program. */
void *memory_new(size_t count, size_t size);

/* A text made like printf's. */
__attribute__((format(printf, 1, 2))) char *text_new(const char *format, ...);
