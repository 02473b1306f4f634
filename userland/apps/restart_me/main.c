#include <alarm.h>
#include <debug.h>
#include <line.h>
#include <stdbool.h>

/* Each life dirties what the next one must not see: its break is moved up, the new memory is
 * filled, an upcall is left registered and an event pending, a slot is left shared. */

enum {
	GROWTH = 256, /* bytes */
	LIFE_MS = 100,
};

extern char _heap_end[];

static void no_upcall(uint32_t a, uint32_t b, uint32_t c, uint32_t data)
{
	(void)a, (void)b, (void)c, (void)data;
}

static bool all_zero(const volatile uint8_t *bytes, uint32_t length)
{
	for (uint32_t i = 0; i < length; i++) {
		if (bytes[i] != 0) {
			return false;
		}
	}
	return true;
}

/* What is wrong with this life, or NULL. The subscription is looked at before the alarm is used. */
static const char *flaw(void)
{
	struct system_call_return old = subscribe(DRIVER_ALARM, 0, no_upcall, 7);
	if (!succeeded(old) || old.value1 != 0 || old.value2 != 0) {
		return "an upcall of the life before";
	}
	struct system_call_return grown = memop(MEMOP_SBRK, GROWTH);
	if (!succeeded(grown)) {
		return "the break cannot grow";
	}
	if (grown.value1 != (uint32_t)_heap_end) {
		return "the break of the life before";
	}
	uint8_t *memory = (uint8_t *)grown.value1;
	if (!all_zero(memory, GROWTH)) {
		return "memory of the life before";
	}
	for (uint32_t i = 0; i < GROWTH; i++) {
		memory[i] = 0xA5;
	}
	return 0;
}

int main(void)
{
	const char *wrong = flaw();
	struct line line = LINE_EMPTY;

	debug_print(0x40); /* the kernel prints the process's identifier with it */
	line_text(&line, "restart_me: ");
	line_text(&line, wrong != 0 ? "FAIL " : "a clean life");
	line_text(&line, wrong != 0 ? wrong : "");
	line_text(&line, "\n");
	line_print(&line);

	alarm_sleep_ms(LIFE_MS);
	command(DRIVER_ALARM, 5, 1, 0); /* due at once, never waited for */
	exit_restart(40);
}
