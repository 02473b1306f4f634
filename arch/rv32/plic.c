#include "rv32.h"
#include <arch/interrupt_controller.h>

/* Offsets (PLIC specification, chapter 3). */
enum {
	OFFSET_PRIORITY = 0,
	OFFSET_ENABLE = 0x2000,
	OFFSET_THRESHOLD = 0x200000,
	OFFSET_CLAIM = 0x200004,
};

static uint32_t plic_base;

static volatile uint32_t *plic_register(uint32_t offset)
{
	return (volatile uint32_t *)(uintptr_t)(plic_base + offset);
}

void rv32_plic_init(uint32_t base)
{
	plic_base = base;
	*plic_register(OFFSET_THRESHOLD) = 0;
}

void rv32_plic_enable(uint32_t line)
{
	*plic_register(OFFSET_PRIORITY + 4 * line) = 1;
	*plic_register(OFFSET_ENABLE + 4 * (line / 32)) |= 1u << line % 32;
}

uint32_t rv32_plic_claim(void)
{
	return *plic_register(OFFSET_CLAIM);
}

void rv32_plic_complete(uint32_t line)
{
	*plic_register(OFFSET_CLAIM) = line;
}
