#include <alarm.h>
#include <console.h>
#include <debug.h>
#include <free_memory.h>
#include <line.h>

/* Lives ten seconds and begins anew, for ever, with an alarm due and never waited for. */

enum {
	LIFE_MS = 10000,
	GROWTH = 128, /* bytes */
};

static void no_upcall(uint32_t a, uint32_t b, uint32_t c, uint32_t data)
{
	(void)a, (void)b, (void)c, (void)data;
}

int main(void)
{
	debug_print(0x11fe); /* the kernel prints the life's number with it */
	alarm_sleep_ms(1);
	print_text("churn_restart: begins\n");
	line_print_number("churn_restart: free", free_memory());
	alarm_sleep_ms(LIFE_MS);
	memop(MEMOP_SBRK, GROWTH);
	alarm_set(1, no_upcall, 0);
	exit_restart(0);
}
