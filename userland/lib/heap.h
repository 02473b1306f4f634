#pragma once

#include <linkage.h>
#include <stdint.h>

LINKAGE_C_BEGIN

/* The heap: memory from the end of the variables up. APP_HEAP bytes of it (app.mk) are there from the start; beyond them it
 * grows by moving the app break, into memory that the kernel's grants would take otherwise. What was never in the heap before
 * is zero. The break does not move back.
 *
 * This is what malloc stands on (libc/); an application without it can take memory here that it never gives back. */

/* Moves the end of the heap by so many bytes, which may be negative. The old end, aligned to 8 if the steps are;
 * NULL: there is not so much, and nothing has changed. */
void *heap_extend(int32_t bytes);

/* Bytes in the heap now. */
uint32_t heap_used(void);

/* Bytes that the heap can at most grow by before it meets what the kernel keeps for this process. The
 * granularity of the hardware may take a part of them. */
uint32_t heap_room(void);

LINKAGE_C_END
