#include <alarm.h>
#include <console.h>
#include <debug.h>
#include <free_memory.h>
#include <line.h>

/* Each life makes the kernel remember all it can for it, and faults with everything still going on. */

enum {
	GROWTH = 256, /* bytes */
	LIFE_S = 400,
	READ_BYTES = 8,
	COMMAND_READ = 2,
};

static void no_upcall(uint32_t a, uint32_t b, uint32_t c, uint32_t data)
{
	(void)a, (void)b, (void)c, (void)data;
}

/* Grows, shares what it grew, and leaves a read, a write and an alarm under way. */
static void hold_everything(void)
{
	uint8_t *memory = (uint8_t *)memop(MEMOP_SBRK, GROWTH).value1;

	for (uint32_t i = 0; i < GROWTH; i++) {
		memory[i] = '-';
	}
	memory[GROWTH - 1] = '\n';
	subscribe(DRIVER_CONSOLE, 2, no_upcall, 1);
	allow_read_write(DRIVER_CONSOLE, 1, memory, READ_BYTES);
	command(DRIVER_CONSOLE, COMMAND_READ, READ_BYTES, 0);
	console_write_start(memory, GROWTH, no_upcall, 2);
	alarm_set(alarm_ticks(1), no_upcall, 3);
}

int main(void)
{
	debug_print(1);
	alarm_sleep_ms(1);
	print_text("churn_fault: begins\n");
	line_print_number("churn_fault: free", free_memory());
	alarm_sleep_ms(LIFE_S * 1000);
	line_print_number("churn_fault: still free", free_memory());
	hold_everything();
	*(volatile uint32_t *)0 = 0;
	return 1;
}
