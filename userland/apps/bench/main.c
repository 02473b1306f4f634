#include "paths.h"
#include <alarm.h>
#include <console.h>

/* Everything is done twice: once in the ordinary way, so that grants exist and the kernel has been
 * everywhere; then once with the trap at an address that has a name. */

enum {
	COMMAND_NOW = 2,
	COMMAND_SET_RELATIVE = 5,
	SLEEP_MS = 5,
	SLOT = 1, /* of the console, for upcalls and buffers */
};

#define ABSENT_DRIVER 0xD0D0u
#define FAR_FUTURE    0x70000000u

static uint8_t buffer[16];

static void warm_up(void)
{
	uint8_t ran;

	command(DRIVER_CONSOLE, 0, 0, 0);
	command(DRIVER_ALARM, COMMAND_NOW, 0, 0);
	command(ABSENT_DRIVER, 0, 0, 0);
	memop(MEMOP_RAM_START, 0);
	subscribe(DRIVER_CONSOLE, SLOT, bench_upcall_function, 0);
	allow_read_write(DRIVER_CONSOLE, SLOT, buffer, sizeof(buffer));
	allow_read_only(DRIVER_CONSOLE, SLOT, buffer, sizeof(buffer));
	yield_no_wait(&ran);
	command(DRIVER_ALARM, COMMAND_SET_RELATIVE, FAR_FUTURE, 0);
	alarm_set(alarm_ticks(SLEEP_MS), bench_upcall_function, 0);
	yield_wait();
}

static void call(void (*path)(const uint32_t arguments[4]), uint32_t a, uint32_t b, uint32_t c,
		 uint32_t d)
{
	const uint32_t arguments[4] = {a, b, c, d};

	path(arguments);
}

static void measure(void)
{
	uint8_t ran;

	call(bench_command_present, DRIVER_CONSOLE, 0, 0, 0);
	call(bench_alarm_now, DRIVER_ALARM, COMMAND_NOW, 0, 0);
	call(bench_command_absent, ABSENT_DRIVER, 0, 0, 0);
	call(bench_memop, MEMOP_RAM_START, 0, 0, 0);
	call(bench_subscribe, DRIVER_CONSOLE, SLOT, (uint32_t)bench_upcall_function, 0);
	call(bench_allow_rw, DRIVER_CONSOLE, SLOT, (uint32_t)buffer, sizeof(buffer));
	call(bench_allow_ro, DRIVER_CONSOLE, SLOT, (uint32_t)buffer, sizeof(buffer));
	call(bench_yield_no_wait, YIELD_NO_WAIT, (uint32_t)&ran, 0, 0);
	call(bench_alarm_set, DRIVER_ALARM, COMMAND_SET_RELATIVE, FAR_FUTURE, 0);
	alarm_set(alarm_ticks(SLEEP_MS), bench_upcall_function, 0);
	call(bench_upcall_from_sleep, YIELD_WAIT, 0, 0, 0);
}

/* The console is used after all else, so that no transfer of it falls into a measurement. */
int main(void)
{
	warm_up();
	measure();
	subscribe(DRIVER_CONSOLE, SLOT, 0, 0);
	allow_read_write(DRIVER_CONSOLE, SLOT, 0, 0);
	print_text("bench: done\n");
	return 0;
}
