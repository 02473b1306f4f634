#include <heap.h>
#include <stddef.h>
#include <system_call.h>

/* app.ld. The break begins at _heap_end. */
extern uint8_t _heap_start[], _heap_end[];

static uint32_t used;

static uint32_t app_break(void)
{
	return memop(MEMOP_SBRK, 0).value1;
}

/* Within what the break covers nothing need be asked. */
void *heap_extend(int32_t bytes)
{
	uint32_t start = (uint32_t)_heap_start;
	uint32_t old = start + used;
	uint32_t end;

	if (bytes < 0 ? 0u - (uint32_t)bytes > used
		      : __builtin_add_overflow(old, (uint32_t)bytes, &end)) {
		return NULL;
	}
	end = old + (uint32_t)bytes;
	if (end > app_break() && !succeeded(memop(MEMOP_BRK, end))) {
		return NULL;
	}
	used = end - start;
	return (void *)old;
}

uint32_t heap_used(void)
{
	return used;
}

uint32_t heap_room(void)
{
	uint32_t end = (uint32_t)_heap_start + used;

	return memop_ask(MEMOP_GRANT_START) - end;
}
