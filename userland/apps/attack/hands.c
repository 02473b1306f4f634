#include <attack.h>
#include <line.h>

/* What attacks are made of. In a file of its own, so that the compiler cannot see in an attack what
 * becomes of an address. */

enum outcome breach(const char *what)
{
	struct line line = LINE_EMPTY;

	line_text(&line, "attack ");
	line_text(&line, attack_texts.name);
	line_text(&line, ": BREACH ");
	line_text(&line, what);
	line_text(&line, "\n");
	line_print(&line);
	return BREACH;
}

enum outcome must_refuse(struct system_call_return result, enum error_code error, const char *what)
{
	if (!succeeded(result) && result.value1 == (uint32_t)error) {
		return REFUSED;
	}
	return breach(what);
}

uint32_t peek(uint32_t address)
{
	return *(volatile uint32_t *)address;
}

void poke(uint32_t address, uint32_t value)
{
	*(volatile uint32_t *)address = value;
}

void jump(uint32_t address)
{
	((void (*)(void))address)();
}

uint32_t other_flash(void)
{
	bool first = memop_ask(MEMOP_FLASH_START) == SLOTS_FLASH;

	return first ? SLOTS_FLASH + SLOT_FLASH_SIZE : SLOTS_FLASH;
}

uint32_t other_ram(void)
{
	bool first = memop_ask(MEMOP_RAM_START) == SLOTS_RAM;

	return first ? SLOTS_RAM + SLOT_RAM_SIZE : SLOTS_RAM;
}

uint32_t app_break(void)
{
	return memop(MEMOP_SBRK, 0).value1;
}

uint32_t break_to_grants(void)
{
	for (uint32_t step = 4096; step >= 1; step /= 2) {
		while (succeeded(memop(MEMOP_SBRK, step))) {
		}
	}
	return memop_ask(MEMOP_GRANT_START);
}
