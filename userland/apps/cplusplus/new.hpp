#pragma once

#include <stddef.h>

/* What new and delete stand on, over heap.h: nothing is ever given back. Without exceptions, an application that gets no
 * memory ends with the completion code NOMEM. */

void *operator new(size_t size);
void *operator new[](size_t size);
void operator delete(void *object) noexcept;
void operator delete[](void *object) noexcept;
void operator delete(void *object, size_t size) noexcept;
void operator delete[](void *object, size_t size) noexcept;
