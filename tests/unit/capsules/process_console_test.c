/* The process console: clauses C1 to C6. The line editor has a test of its own. */

#include "fake_kernel.h"
#include <capsules/console.h>
#include <capsules/debug_log.h>
#include <capsules/process_console.h>
#include <capsules/virtual_uart.h>
#include <stdio.h>
#include <string.h>

#define COMMANDS                                                                                   \
	"Valid commands are: help status list stop start fault boot terminate process kernel "     \
	"reset panic "                                                                             \
	"console-start console-stop stats\r\n"
#define PROMPT "tock$ "

enum {
	TYPED = 8,
	START = 123456
};

static struct fake_uart port, log_port;
static struct fake_alarm clock_;
static struct debug_log_queue queue;
static struct process_console console;
static uint8_t line_bytes[PROCESS_CONSOLE_LINE], history_bytes[4 * LINE_EDITOR_ROW],
    typed_bytes[TYPED], receive_bytes[1];
static uint8_t log_bytes[DEBUG_LOG_LINE];
static const struct process_inspect_capability inspect;
static const struct process_control_capability control;
static const struct kernel_memory kernel = {
    .flash_start = 0,
    .code_end = 0x4000,
    .constants_end = 0x5000,
    .flash_end = 0x10000,
    .ram_start = 0x20000000,
    .stack_end = 0x20000400,
    .data_end = 0x20000404,
    .bss_end = 0x20001000,
    .ram_end = 0x20002000,
};

static void start_over(struct uart *uart)
{
	struct process_console_buffers buffers = {
	    .line = BUFFER_OVER(line_bytes),
	    .history = BUFFER_OVER(history_bytes),
	    .typed = BUFFER_OVER(typed_bytes),
	    .receive = BUFFER_OVER(receive_bytes),
	};

	memset(&console, 0, sizeof(console));
	process_console_init(&console, uart, &clock_.alarm, &buffers, &queue.log, NULL);
	process_console_trust(&console, &kernel, SPAN_OF_TEXT("abc1234"), &inspect, &control);
}

static int start_silent(void **state)
{
	struct buffer log_line = BUFFER_OVER(log_bytes);

	(void)state;
	fake_kernel_reset();
	fake_uart_init(&port);
	fake_uart_init(&log_port);
	fake_alarm_init(&clock_, START);
	debug_log_queue_init(&queue, &log_port.uart, &log_line);
	start_over(&port.uart);
	return 0;
}

/* With the prompt out. */
static int start(void **state)
{
	start_silent(state);
	fake_alarm_advance(&clock_, 100000, 0);
	fake_uart_drain(&port);
	fake_uart_expect(&port, PROMPT);
	return 0;
}

/* Types, and lets all go out after each byte. */
static void type(const char *text)
{
	for (; *text != '\0'; text++) {
		const char byte[2] = {*text, '\0'};

		fake_uart_type(&port, byte);
		fake_uart_drain(&port);
	}
}

/* What the command, ended by CR, is answered with. */
static void ask(const char *command, const char *answer)
{
	char expected[4096];

	type(command);
	type("\r");
	snprintf(expected, sizeof(expected), "%s\r\n%s" PROMPT, command, answer);
	fake_uart_expect(&port, expected);
}

static struct process_description *process(uint32_t slot, const char *name)
{
	struct process_description *description = &fake_processes[slot].description;

	fake_process_start(slot);
	description->name = (struct read_span){(const uint8_t *)name, (uint32_t)strlen(name)};
	description->last_system_call = PROCESS_NO_SYSTEM_CALL;
	description->ram_start = 0x20002000;
	description->app_break = 0x20003000;
	description->kernel_break = 0x20003000;
	description->ram_end = 0x20004000;
	description->grants_total = 4;
	return description;
}

static void prompt_comes_after_a_moment(void **state)
{
	(void)state;
	assert_false(port.is_receiving);
	fake_alarm_advance(&clock_, 99999, 0);
	assert_false(port.is_transmitting);
	fake_alarm_advance(&clock_, 1, 0);
	fake_uart_drain(&port);
	fake_uart_expect(&port, PROMPT);
	assert_true(port.is_receiving);
	assert_false(clock_.is_armed);
}

static void help_and_unknown_commands(void **state)
{
	(void)state;
	ask("help", "Welcome to the process console.\r\n" COMMANDS);
	ask("  helping hand ", "Welcome to the process console.\r\n" COMMANDS);
	ask("what", COMMANDS);
	ask("Help", COMMANDS);
	ask("", "");
	ask("   ", "");
}

static void status(void **state)
{
	(void)state;
	process(0, "a");
	process(1, "b")->state = PROCESS_YIELDED_FOR;
	process(2, "c")->state = PROCESS_FAULTED;
	process(3, "d")->is_stopped = true;
	fake_statistics.processes = 4;
	fake_statistics.slices_expired = 17;
	ask("status", "Total processes: 4\r\nActive processes: 2\r\nTimeslice expirations: 17\r\n");
}

static void list(void **state)
{
	struct process_description *description;

	(void)state;
	ask("list",
	    " PID    ShortID    Name                Quanta  Syscalls  Restarts  Grants  State\r\n");
	description = process(1, "blink");
	description->slices_expired = 7;
	description->system_calls = 4294967295u;
	description->restarts = 12;
	description->grants_used = 2;
	description = process(3, "a_name_of_thirty_two_characters!");
	description->short_id = 0xbeef;
	description->grants_total = 12;
	description->grants_used = 10;
	description->state = PROCESS_YIELDED;
	description->is_stopped = true;
	ask("list",
	    " PID    ShortID    Name                Quanta  Syscalls  Restarts  Grants  State\r\n"
	    " 1      Unique     blink                    74294967295        12   2/ 4   Running\r\n"
	    " 2      0xbeef     a_name_of_thirty_two_characters!     0         0         0  10/12  "
	    " "
	    "Stopped(Yielded)\r\n");
}

static void actions(void **state)
{
	(void)state;
	process(0, "one");
	process(1, "two");
	process(2, "one");
	ask("stop one", "Process one stopped\r\nProcess one stopped\r\n");
	ask("start two", "Process two resumed.\r\n");
	ask("fault two", "Process two now faulted\r\n");
	ask("terminate  one  and more", "Process one terminated\r\nProcess one terminated\r\n");
	ask("boot two", "");
	assert_string_equal(fake_control, "s0s2r1f1t0t2b1");
	fake_control_status = ERROR_ALREADY;
	ask("stop two", "Process two stopped\r\n");
	fake_control_status = ERROR_INVAL;
	fake_processes[1].description.state = PROCESS_TERMINATED;
	ask("stop two", "Process two is Terminated\r\n");
	ask("boot two", "");
}

static void names(void **state)
{
	static const char *const commands[] = {"stop",      "start", "fault",
					       "terminate", "boot",  "process"};
	char command[64];

	(void)state;
	process(0, "hello");
	for (uint32_t i = 0; i < ARRAY_LENGTH(commands); i++) {
		ask(commands[i], "Which process?\r\n");
		snprintf(command, sizeof(command), "%s hell", commands[i]);
		ask(command, "No process is called hell\r\n");
		snprintf(command, sizeof(command), "%s hello2 hello", commands[i]);
		ask(command, "No process is called hello2\r\n");
	}
	assert_string_equal(fake_control, "");
}

static void overview(void **state)
{
	(void)state;
	process(0, "other");
	process(1, "blink")->state = PROCESS_FAULTED;
	process(2, "blink");
	type("process blink\r");
	assert_memory_equal(port.log,
			    "process blink\r\nApp: blink   -   [Faulted]\r\n Events Queued: 0", 59);
	assert_null(strstr(port.log, "Running"));
	assert_non_null(strstr(port.log, "\r\n  20002000 +---"));
	assert_string_equal(&port.log[port.log_length - 6], PROMPT);
}

static void kernel_memory(void **state)
{
	(void)state;
	type("kernel\r");
	assert_memory_equal(
	    port.log,
	    "kernel\r\nKernel version: 2.3 (build abc1234)\r\n  memory map, a line of RAM is 512",
	    70);
	assert_non_null(strstr(port.log, "  20002000 +-----------------------------------+\r\n"
					 "           | unused                  4096      |\r\n"));
	assert_non_null(strstr(port.log, "  20001000 +-----------------------------------+\r\n"
					 "           | BSS                     3068      |\r\n"));
	assert_non_null(strstr(port.log, "  20000404 +-----------------------------------+\r\n"
					 "           | Relocate                4         |\r\n"
					 "  20000400 +-----------------------------------+\r\n"
					 "           | Stack                   1024      |\r\n"));
	assert_non_null(strstr(port.log, "  00005000 +-----------------------------------+\r\n"
					 "           | RoData                  4096      |\r\n"));
	assert_non_null(strstr(port.log,
			       "           | Code                    16384     |\r\n"
			       "  00000000 +-----------------------------------+\r\n" PROMPT));
}

static void statistics(void **state)
{
	struct process_description *description;

	(void)state;
	description = process(0, "blink");
	description->run_ticks = 123400;
	description->system_calls = 11;
	description->upcalls_delivered = 22;
	description->upcalls_dropped = 3;
	process(2, "idle");
	fake_statistics = (struct kernel_statistics){
	    .clock_hz = 100000, .total_ticks = 1000000, .sleep_ticks = 876000, .sleeps = 9};
	for (uint32_t i = 0; i < DEBUG_LOG_MESSAGES + 5; i++) {
		debug_log_0(&queue.log, SPAN_OF_TEXT("."));
	}
	ask("stats", " PID    Name                 CPU %  Syscalls   Upcalls   Dropped\r\n"
		     " 1      blink                 12.3        11        22         3\r\n"
		     " 2      idle                   0.0         0         0         0\r\n"
		     "10.000 s since the start, 87.6 % asleep, woken 9 times\r\n"
		     "debug messages lost: 5\r\n");
	/* Three years of ticks. */
	fake_statistics.total_ticks = 10000000000600;
	description->run_ticks = fake_statistics.total_ticks;
	type("stats\r");
	assert_non_null(strstr(port.log, " blink                100.0 "));
	assert_non_null(strstr(port.log, "\r\n100000000.006 s since the start, 0.0 % asleep, "));
	port.log_length = 0;
	/* No clock. */
	fake_statistics = (struct kernel_statistics){.sleeps = 9};
	type("stats\r");
	assert_non_null(strstr(port.log, " 1      blink                    -        11"));
	assert_non_null(strstr(port.log, "\r\nwoken 9 times\r\n"));
}

static void reset(void **state)
{
	(void)state;
	ask("reset", "Reset function is not implemented\r\n");
}

static void panic(void **state)
{
	(void)state;
	type("panic\r");
	assert_string_equal(fake_panic, "Process Console forced a kernel panic.");
}

static void stop_and_start(void **state)
{
	(void)state;
	process(0, "hello");
	type("console-stop\r");
	fake_uart_expect(&port, "console-stop\r\nDisabling the process console.\r\n"
				"Run console-start to reactivate.\r\n");
	type("list\rstop hello\rpanic\rhelp\r\rst\t\x1b[A\r");
	fake_uart_expect(&port, "");
	assert_string_equal(fake_control, "");
	assert_string_equal(fake_panic, "");
	type("console-start\r");
	fake_uart_expect(&port, PROMPT);
	ask("stop hello", "Process hello stopped\r\n");
}

/* C3: all but the prompt announces more, so that nobody gets in between. */
static void answers_come_in_one_piece(void **state)
{
	uint32_t pieces = 0;

	(void)state;
	process(0, "hello");
	type("list");
	fake_uart_type(&port, "\r");
	for (; port.is_transmitting && port.transmit_more; pieces++) {
		fake_uart_finish(&port);
	}
	assert_int_equal(pieces, 3); /* CR LF, head, row */
	assert_true(port.is_transmitting);
	fake_uart_drain(&port);
	assert_string_equal(&port.log[port.log_length - 6], PROMPT);
}

/* C4: when there is no room for more, the port is left alone. */
static void typed_ahead(void **state)
{
	(void)state;
	fake_uart_type(&port, "a");
	assert_true(port.is_transmitting);
	for (uint32_t i = 0; i < TYPED; i++) {
		assert_true(port.is_receiving);
		fake_uart_type(&port, i == 3 ? "\r" : "b");
	}
	assert_false(port.is_receiving);
	fake_uart_finish(&port);
	assert_true(port.is_receiving);
	fake_uart_drain(&port);
	fake_uart_expect(&port, "abbb\r\n" COMMANDS PROMPT "bbbb");
}

static void completion(void **state)
{
	(void)state;
	process(0, "writer_a");
	process(1, "writer_b");
	process(2, "hello");
	type("sta\t");
	fake_uart_expect(&port, "sta\r\nstatus  start  stats  \r\n" PROMPT "sta");
	type("tu\t\x1b[H\t\x1b[F");
	fake_uart_expect(&port, "tus \b\b\b\b\b\b\bstatus ");
	type("w\t");
	fake_uart_expect(&port, "writer_");
	type("\t");
	fake_uart_expect(&port, "\r\nwriter_a  writer_b  \r\n" PROMPT "status writer_");
	type("b\t");
	fake_uart_expect(&port, "b ");
	type("\t");
	fake_uart_expect(&port, "");
	type("\r");
	fake_uart_drain(&port);
	fake_uart_expect(
	    &port,
	    "\r\nTotal processes: 0\r\nActive processes: 3\r\nTimeslice expirations: 0\r\n" PROMPT);
	type("pro\the\t\r");
	assert_memory_equal(port.log, "process hello \r\nApp: hello", 26);
}

static void commands_are_remembered(void **state)
{
	(void)state;
	ask("help", "Welcome to the process console.\r\n" COMMANDS);
	type("\x1b[A\r");
	fake_uart_expect(&port, "help\r\nWelcome to the process console.\r\n" COMMANDS PROMPT);
}

static void hostile_names_are_made_harmless(void **state)
{
	(void)state;
	process(0, "\x1b[2J\r\n");
	type("list\r");
	assert_non_null(strstr(port.log, " 1      Unique     ?[2J??         "));
	assert_null(strchr(port.log, '\x1b'));
	type("stop \t");
	assert_null(strchr(port.log, '\x1b'));
}

/* A line that the port refuses is lost, and nothing else. */
static void refusing_port(void **state)
{
	(void)state;
	process(0, "hello");
	port.refuse_transmit = ERROR_OFF;
	type("stop hello\r");
	assert_string_equal(fake_control, "s0");
	fake_uart_expect(&port, "");
	port.refuse_transmit = ERROR_NONE;
	ask("start hello", "Process hello resumed.\r\n");
}

/* Over virtual ports: an application that reads gets the same bytes. */
static void input_is_everybodys(void **state)
{
	static struct virtual_uart_mux mux;
	static struct virtual_uart ports[2];
	static struct console driver;
	static uint8_t byte[1], write_bytes[8], read_bytes[8];
	static char input[8];
	struct buffer receive = BUFFER_OVER(byte);
	struct buffer write = BUFFER_OVER(write_bytes);
	struct buffer read = BUFFER_OVER(read_bytes);

	(void)state;
	fake_uart_init(&port);
	virtual_uart_mux_init(&mux, &port.uart, &receive);
	virtual_uart_init(&ports[0], &mux);
	virtual_uart_init(&ports[1], &mux);
	console_init(&driver, &ports[1].uart, &write, &read, NULL);
	start_over(&ports[0].uart);
	fake_alarm_advance(&clock_, 100000, 0);
	fake_uart_drain(&port);
	process(0, "reader");
	fake_share_read_write(0, 1, input, sizeof(input));
	EXPECT_SUCCESS(fake_command(&driver.driver, fake_processes[0].id, 2, 5, 0));
	type("statu");
	fake_expect_upcall(0, 2, 0, 5, 0);
	assert_memory_equal(input, "statu", 5);
	type("s\r");
	fake_uart_expect(&port, PROMPT "status\r\nTotal processes: 0\r\nActive processes: 1\r\n"
				       "Timeslice expirations: 0\r\n" PROMPT);
}

static void any_bytes(void **state)
{
	uint64_t random = 3;

	(void)state;
	process(0, "hello");
	process(1, "blink");
	for (uint32_t i = 0; i < 50000; i++) {
		static const char likely[] = "\x1b[ABCDHF3~\b\r\t stopartlihelnfumc-";
		char bytes[2] = {(char)(fake_random(&random) >> 8), '\0'};

		if (fake_random(&random) % 4 != 0) {
			bytes[0] = likely[(uint8_t)bytes[0] % (sizeof(likely) - 1)];
		}
		if (bytes[0] != '\0') {
			type(bytes);
		}
		if (i % 16 == 0) {
			port.log_length = 0;
			fake_control[0] = '\0';
		}
	}
	type("\x1b[m\r\rconsole-start\r");
	assert_string_equal(&port.log[port.log_length - 6], PROMPT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(prompt_comes_after_a_moment, start_silent),
	    cmocka_unit_test_setup(help_and_unknown_commands, start),
	    cmocka_unit_test_setup(status, start),
	    cmocka_unit_test_setup(list, start),
	    cmocka_unit_test_setup(actions, start),
	    cmocka_unit_test_setup(names, start),
	    cmocka_unit_test_setup(overview, start),
	    cmocka_unit_test_setup(kernel_memory, start),
	    cmocka_unit_test_setup(statistics, start),
	    cmocka_unit_test_setup(reset, start),
	    cmocka_unit_test_setup(panic, start),
	    cmocka_unit_test_setup(stop_and_start, start),
	    cmocka_unit_test_setup(answers_come_in_one_piece, start),
	    cmocka_unit_test_setup(typed_ahead, start),
	    cmocka_unit_test_setup(completion, start),
	    cmocka_unit_test_setup(commands_are_remembered, start),
	    cmocka_unit_test_setup(hostile_names_are_made_harmless, start),
	    cmocka_unit_test_setup(refusing_port, start),
	    cmocka_unit_test_setup(input_is_everybodys, start),
	    cmocka_unit_test_setup(any_bytes, start),
	};

	return cmocka_run_group_tests_name("process_console", tests, NULL, NULL);
}
