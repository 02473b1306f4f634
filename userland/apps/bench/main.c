#include "paths.h"
#include <alarm.h>
#include <console.h>

/* Everything is done twice: once in the ordinary way, so that grants exist and the kernel has been
 * everywhere; then once with the trap at an address that has a name. */

enum {
	COMMAND_NOW = 2,
	COMMAND_SET_RELATIVE = 5,
	REST_MS = 20, /* until whoever else is on the board has come to rest */
	SLEEP_MS = 5,
	COMMAND_WRITE = 1,
	SLOT = 1, /* of the console, for upcalls and buffers: those of writing */
};

#define ABSENT_DRIVER 0xD0D0u
#define FAR_FUTURE    0x70000000u

static uint8_t buffer[16];
static const char text[] = "A line of 64 bytes, of which the last one is the newline itself\n";
_Static_assert(sizeof(text) == 64 + 1, "64 bytes and their 0");

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

static void measure(void)
{
	uint8_t ran;

	bench_call(bench_command_present, DRIVER_CONSOLE, 0, 0, 0);
	bench_call(bench_alarm_now, DRIVER_ALARM, COMMAND_NOW, 0, 0);
	bench_call(bench_command_absent, ABSENT_DRIVER, 0, 0, 0);
	bench_call(bench_memop, MEMOP_RAM_START, 0, 0, 0);
	bench_call(bench_subscribe, DRIVER_CONSOLE, SLOT, (uint32_t)bench_upcall_function, 0);
	bench_call(bench_allow_rw, DRIVER_CONSOLE, SLOT, (uint32_t)buffer, sizeof(buffer));
	bench_call(bench_allow_ro, DRIVER_CONSOLE, SLOT, (uint32_t)buffer, sizeof(buffer));
	bench_call(bench_yield_no_wait, YIELD_NO_WAIT, (uint32_t)&ran, 0, 0);
	bench_call(bench_alarm_set, DRIVER_ALARM, COMMAND_SET_RELATIVE, FAR_FUTURE, 0);
	alarm_set(alarm_ticks(SLEEP_MS), bench_upcall_function, 0);
	bench_call(bench_upcall_from_sleep, YIELD_WAIT, 0, 0, 0);
}

static void write(bench_path *path, uint32_t length)
{
	bench_call(path, DRIVER_CONSOLE, COMMAND_WRITE, length, 0);
	yield_wait();
}

/* The console is used after all else, so that no transfer of it falls into another measurement. */
static void measure_console(void)
{
	allow_read_write(DRIVER_CONSOLE, SLOT, 0, 0);
	print_text("bench: writes\n");
	subscribe(DRIVER_CONSOLE, SLOT, bench_upcall_function, 0);
	allow_read_only(DRIVER_CONSOLE, SLOT, text + sizeof(text) - 2, 1);
	write(bench_console_write_1, 1);
	allow_read_only(DRIVER_CONSOLE, SLOT, text, sizeof(text) - 1);
	write(bench_console_write_64, sizeof(text) - 1);
	allow_read_only(DRIVER_CONSOLE, SLOT, 0, 0);
	subscribe(DRIVER_CONSOLE, SLOT, 0, 0);
}

int main(void)
{
	alarm_sleep_ms(REST_MS);
	warm_up();
	measure();
	measure_console();
	print_text("bench: done\n");
	return 0;
}
