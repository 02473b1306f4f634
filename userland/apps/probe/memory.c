#include "probe.h"

/* Items 23 to 31. Item 18 has left the break off any granule of the protection. */

extern const char _stack_top[];

static bool memop_gives(uint32_t operation, uint32_t argument, struct wanted wanted)
{
	return gives(CLASS_MEMOP, operation, argument, JUNK, OTHER_JUNK, wanted);
}

static enum verdict unknown_memop(void)
{
	return verdict(memop_gives(99, JUNK, FAILURE(ERROR_NOSUPPORT)));
}

/* Up to the kernel's break it may go, if the protection can draw a line there. */
static enum verdict break_to_end(void)
{
	uint32_t before = memop(MEMOP_SBRK, 0).value1;
	bool passed = memop_gives(MEMOP_BRK, memop_ask(MEMOP_RAM_END), FAILURE(ERROR_NOMEM));
	struct system_call_return result = memop(MEMOP_BRK, memop_ask(MEMOP_GRANT_START));

	passed = passed && (succeeded(result) || same(ERROR_NOMEM, result.value1));
	return verdict(passed && memop_gives(MEMOP_BRK, before, SUCCESS));
}

static enum verdict ask_break(void)
{
	uint32_t place = memop(MEMOP_SBRK, 0).value1 + 40;

	return verdict(memop_gives(MEMOP_BRK, place, SUCCESS) &&
		       memop_gives(MEMOP_SBRK, 0, SUCCESS_1(place)));
}

static bool zeroed(uint32_t start, uint32_t length)
{
	for (uint32_t i = 0; i < length; i++) {
		if (!same(0, ((volatile uint8_t *)start)[i])) {
			return false;
		}
	}
	return true;
}

/* Given, dirtied, given back and given again: zeros both times. */
static enum verdict new_memory_is_zero(void)
{
	uint32_t start = memop(MEMOP_SBRK, 0).value1;

	for (uint32_t round = 0; round < 2; round++) {
		if (!memop_gives(MEMOP_SBRK, 16, SUCCESS_1(start)) || !zeroed(start, 16)) {
			return FAILED;
		}
		for (uint32_t i = 0; i < 16; i++) {
			((volatile uint8_t *)start)[i] = 0xA5;
		}
		if (!memop_gives(MEMOP_SBRK, (uint32_t)-16, SUCCESS_1(start + 16))) {
			return FAILED;
		}
	}
	return PASSED;
}

static enum verdict writeable_beyond(void)
{
	return verdict(memop_gives(MEMOP_WRITEABLE_START, memop_ask(MEMOP_WRITEABLE_COUNT),
				   FAILURE(ERROR_FAIL)));
}

static enum verdict stack_mark(void)
{
	return verdict(memop_gives(MEMOP_STACK_TOP, JUNK, SUCCESS) &&
		       memop_gives(MEMOP_STACK_TOP, (uint32_t)_stack_top, SUCCESS));
}

static enum verdict unknown_exit(void)
{
	return verdict(gives(CLASS_EXIT, 5, 0, JUNK, OTHER_JUNK, FAILURE(ERROR_NOSUPPORT)));
}

static enum verdict unknown_yield(void)
{
	return skip("fatal: attack_yield_3");
}

static enum verdict unknown_class(void)
{
	return skip("fatal: attack_system_call_8");
}

const struct item memory[] = {
    {23, unknown_memop},    {24, break_to_end},
    {25, ask_break},        {26, new_memory_is_zero},
    {27, writeable_beyond}, {28, stack_mark},
    {29, unknown_exit},     {30, unknown_yield},
    {31, unknown_class},    {0, 0},
};
