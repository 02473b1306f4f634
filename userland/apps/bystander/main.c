#include <alarm.h>
#include <line.h>
#include <stdbool.h>

/* Lives beside attackers and watches over its own memory: words in .data, in .bss and on the stack,
 * each a function of its own address and number so that a copy of it elsewhere shows as well. */

enum {
	WORDS = 128,
	STACK_WORDS = 64,
	BEAT_MS = 100,
};

static uint32_t initialised[4] = {0xC0FFEE00, 0xC0FFEE01, 0xC0FFEE02, 0xC0FFEE03};
static uint32_t canary[WORDS];

static uint32_t canary_value(const uint32_t *place)
{
	return (uint32_t)place * 2654435761u;
}

static void canaries_set(uint32_t *words, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		words[i] = canary_value(&words[i]);
	}
}

static bool canaries_whole(const volatile uint32_t *words, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		if (words[i] != canary_value((const uint32_t *)&words[i])) {
			return false;
		}
	}
	return true;
}

static bool initialised_whole(void)
{
	for (uint32_t i = 0; i < 4; i++) {
		if (((volatile uint32_t *)initialised)[i] != 0xC0FFEE00 + i) {
			return false;
		}
	}
	return true;
}

int main(void)
{
	uint32_t on_stack[STACK_WORDS];
	uint32_t beat = alarm_ticks(BEAT_MS);
	uint32_t moment = alarm_now();

	canaries_set(canary, WORDS);
	canaries_set(on_stack, STACK_WORDS);
	for (uint32_t count = 1;; count++) {
		moment = alarm_sleep_from(moment, beat);
		bool whole = initialised_whole() && canaries_whole(canary, WORDS) &&
			     canaries_whole(on_stack, STACK_WORDS);
		line_print_number(whole ? "bystander: alive" : "bystander: CORRUPT", count);
	}
}
