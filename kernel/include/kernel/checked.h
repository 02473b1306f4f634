#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The ways to an element, a pointer that may be missing and a loop that a capsule has. Where the
 * compiler can see that a check holds it compiles to nothing. */

/* How many elements the array has. */
#define ARRAY_LENGTH(array) (sizeof(array) / sizeof((array)[0]))

/* A pointer to element `index` of an array. Traps when there is no such element. */
#define ELEMENT(array, index) (&(array)[private_index((index), ARRAY_LENGTH(array))])

/* The pointer, which is not NULL as long as this file makes no mistake. Traps when it is. */
#define PRESENT(pointer)                                                                           \
	(__extension__({                                                                           \
		__typeof__(pointer) private_pointer = (pointer);                                   \
		require(private_pointer != NULL);                                                  \
		private_pointer;                                                                   \
	}))

/* A block for every pointer in an array of pointers that is filled from its front, up to the first NULL:
 *
 *     FOR_EACH (struct virtual_alarm, each, mux->alarms) {
 *             each->armed = false;
 *     }
 *
 * `continue` goes to the next one; `break` does the same. To leave, return. */
#define FOR_EACH(type, variable, array)                                                            \
	for (uint32_t private_place = 0;                                                           \
	     private_place < ARRAY_LENGTH(array) && (array)[private_place] != NULL;                \
	     private_place++)                                                                      \
		for (type *variable = (array)[private_place]; variable != NULL; variable = NULL)

/* Traps unless the condition holds. For mistakes of the caller or of the board. */
static inline void require(bool condition)
{
	if (!condition) {
		__builtin_trap();
	}
}

static inline size_t private_index(size_t index, size_t length)
{
	require(index < length);
	return index;
}

static inline uint32_t minimum(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}
