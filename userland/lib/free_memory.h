#pragma once

#include <system_call.h>

LINKAGE_C_BEGIN

/* Bytes between this process's break and what the kernel keeps for it: what both can still grow into. A
 * driver that is used for the first time takes its grant out of this; nothing else ever should. */
static inline uint32_t free_memory(void)
{
	return memop_ask(MEMOP_GRANT_START) - memop(MEMOP_SBRK, 0).value1;
}

LINKAGE_C_END
