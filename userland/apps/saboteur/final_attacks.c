#include "final_attacks.h"

#include <attack.h>

static void read_kernel(void)
{
	peek(KERNEL_RAM);
}

static void write_kernel(void)
{
	poke(KERNEL_RAM, 0);
}

static void read_neighbour(void)
{
	peek(other_ram());
}

static void write_neighbour(void)
{
	poke(other_ram(), 0);
}

static void write_own_grant(void)
{
	poke(memop_ask(MEMOP_GRANT_START), 0);
}

static void write_device(void)
{
	poke(UART_DATA, '!');
}

static void execute_data(void)
{
	static volatile uint32_t code;

	code = RETURN_INSTRUCTION;
	__asm__ volatile("" ::: "memory");
	jump(code_address((uint32_t)&code));
}

static __attribute__((noinline)) uint32_t deeper(uint32_t depth)
{
	volatile uint32_t here = depth;

	if (here != 0) {
		here = deeper(depth + 1) + here;
	}
	return here;
}

static void overflow_stack(void)
{
	deeper(1);
}

const struct final_attack final_attacks[FINAL_ATTACKS] = {
    {"reads kernel memory", read_kernel},
    {"writes kernel memory", write_kernel},
    {"reads its neighbour's memory", read_neighbour},
    {"writes its neighbour's memory", write_neighbour},
    {"writes its own grant region", write_own_grant},
    {"writes a device's register", write_device},
    {"executes data", execute_data},
    {"overflows its stack", overflow_stack},
};
