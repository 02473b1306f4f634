#pragma once

#include <stddef.h>

/* The four functions that a compiler may call on its own account (GCC manual, 2.1). */
void *memset(void *to, int byte, size_t size);
void *memcpy(void *restrict to, const void *restrict from, size_t size);
void *memmove(void *to, const void *from, size_t size);
int memcmp(const void *a, const void *b, size_t size);
