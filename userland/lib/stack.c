#include <instructions.h>
#include <stack.h>

#define PAINT 0x5AC0FFEEu

/* app.ld */
extern uint32_t _ram_start[], _stack_top[];

/* On ARM the kernel's frame of an interrupt comes and goes below the stack pointer; nobody keeps anything there. */
__attribute__((noinline)) void stack_paint(void)
{
	volatile uint32_t *end = (volatile uint32_t *)stack_pointer();

	for (volatile uint32_t *word = _ram_start; word < end; word++) {
		*word = PAINT;
	}
}

uint32_t stack_used(void)
{
	const volatile uint32_t *word = _ram_start;

	while (word < _stack_top && *word == PAINT) {
		word++;
	}
	return (uint32_t)_stack_top - (uint32_t)word;
}

uint32_t stack_left(void)
{
	return stack_pointer() - (uint32_t)_ram_start;
}

uint32_t stack_size(void)
{
	return (uint32_t)_stack_top - (uint32_t)_ram_start;
}
