/* `new` and `delete` of C++, over heap.h: nothing is ever given back, and who gets no memory ends with the completion code
 * NOMEM, as there are no exceptions. */

#include <heap.h>
#include <stddef.h>
#include <system_call.h>

/* What a pure virtual function of the compiler's is: called, the program is wrong. */
extern "C" __attribute__((noreturn)) void __cxa_pure_virtual()
{
	exit_terminate(ERROR_FAIL);
}

void *operator new(size_t size)
{
	constexpr size_t step = 8;
	void *object = heap_extend(static_cast<int32_t>((size + step - 1) / step * step));

	if (object == nullptr) {
		exit_terminate(ERROR_NOMEM);
	}
	return object;
}

void *operator new[](size_t size)
{
	return operator new(size);
}

void operator delete(void *) noexcept
{
}

void operator delete[](void *) noexcept
{
}

void operator delete(void *, size_t) noexcept
{
}

void operator delete[](void *, size_t) noexcept
{
}
