/* The allocations of the code under test go through a list (--wrap). */

#include "refusal.h"

#include <assert.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tools/tbf/command_line.h>

enum {
	ALLOCATIONS_MAX = 1024
};

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
void __real_free(void *memory);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);
void __wrap_free(void *memory);

static jmp_buf refused;
static void *allocations[ALLOCATIONS_MAX];
static size_t allocation_count;

static void *take(void *memory)
{
	if (memory != NULL) {
		assert(allocation_count < ALLOCATIONS_MAX);
		allocations[allocation_count++] = memory;
	}
	return memory;
}

static void forget(const void *memory)
{
	for (size_t i = 0; i < allocation_count; i++) {
		if (allocations[i] == memory) {
			allocations[i] = allocations[--allocation_count];
			return;
		}
	}
}

void *__wrap_malloc(size_t size)
{
	return take(__real_malloc(size));
}

void *__wrap_calloc(size_t count, size_t size)
{
	return take(__real_calloc(count, size));
}

void *__wrap_realloc(void *memory, size_t size)
{
	forget(memory);
	return take(__real_realloc(memory, size));
}

void __wrap_free(void *memory)
{
	forget(memory);
	__real_free(memory);
}

void refuse(const char *format, ...)
{
	char line[1024];
	va_list arguments;

	va_start(arguments, format);
	int length = vsnprintf(line, sizeof(line), format, arguments);
	va_end(arguments);
	assert(length > 0 && strchr(line, '\n') == NULL);
	const char *colon = strstr(line, ": ");
	assert(colon != NULL && colon != line && strlen(colon) > 10);
	longjmp(refused, 1);
}

bool refusal_run(void (*run)(void *input), void *input)
{
	bool done = setjmp(refused) == 0;

	if (done) {
		run(input);
		assert(allocation_count == 0);
	}
	while (allocation_count > 0) {
		__real_free(allocations[--allocation_count]);
	}
	return done;
}

uint8_t *refusal_copy(const uint8_t *bytes, size_t length)
{
	uint8_t *copy = __real_malloc(length > 0 ? length : 1);

	assert(copy != NULL);
	memcpy(copy, bytes, length);
	return copy;
}

void refusal_copy_free(uint8_t *copy)
{
	__real_free(copy);
}
