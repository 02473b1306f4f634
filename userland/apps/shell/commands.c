#include "commands.h"

#include <clock.h>
#include <completion.h>
#include <console.h>
#include <heap.h>
#include <led.h>
#include <line.h>
#include <stack.h>
#include <stdbool.h>
#include <stddef.h>

struct command {
	const char *name;
	const char *help;
	void (*run)(const char *arguments);
};

static void print_pair(const char *text, uint32_t number, const char *unit)
{
	struct line line = LINE_EMPTY;

	line_text(&line, text);
	line_decimal(&line, number);
	line_text(&line, unit);
	line_print(&line);
}

/* A decimal number up to a space or the end; moves `text` behind it. False: there is none, or it is too large. */
static bool take_number(const char **text, uint32_t *number)
{
	const char *at = *text;
	uint64_t value = 0;

	while (*at >= '0' && *at <= '9' && value <= UINT32_MAX) {
		value = value * 10 + (uint64_t)(*at - '0');
		at++;
	}
	if (at == *text || value > UINT32_MAX || (*at != ' ' && *at != '\0')) {
		return false;
	}
	*text = *at == ' ' ? at + 1 : at;
	*number = (uint32_t)value;
	return true;
}

static bool is_text(const char *one, const char *other)
{
	while (*one != '\0' && *one == *other) {
		one++;
		other++;
	}
	return *one == *other;
}

static void run_echo(const char *arguments)
{
	struct line line = LINE_EMPTY;

	line_text(&line, arguments);
	line_text(&line, "\n");
	line_print(&line);
}

static void run_uptime(const char *arguments)
{
	(void)arguments;
	print_pair("up ", (uint32_t)(clock_milliseconds(clock_now()) / 1000), " s\n");
}

static void run_memory(const char *arguments)
{
	(void)arguments;
	print_pair("stack ", stack_used(), " of ");
	print_pair("", stack_size(), " bytes\n");
	print_pair("heap ", heap_used(), " bytes, ");
	print_pair("", heap_room(), " more to have\n");
}

static void run_led(const char *arguments)
{
	uint32_t led;

	if (!take_number(&arguments, &led) ||
	    (!is_text(arguments, "on") && !is_text(arguments, "off"))) {
		print_text("usage: led NUMBER on|off\n");
		return;
	}
	if (led >= led_count()) {
		print_pair("no such LED; there are ", led_count(), "\n");
		return;
	}
	if (is_text(arguments, "on")) {
		led_on(led);
	} else {
		led_off(led);
	}
	print_pair(led_is_on(led) ? "lit: LED " : "dark: LED ", led, "\n");
}

static void run_sleep(const char *arguments)
{
	uint32_t milliseconds;

	if (!take_number(&arguments, &milliseconds)) {
		print_text("usage: sleep MILLISECONDS\n");
		return;
	}
	uint64_t start = clock_now();

	clock_sleep_ms(milliseconds);
	print_text(clock_now() - start >= clock_ticks(milliseconds) ? "slept\n"
								    : "woke too early\n");
}

static void run_exit(const char *arguments)
{
	uint32_t code = COMPLETION_SUCCESS;

	if (*arguments != '\0' && !take_number(&arguments, &code)) {
		print_text("usage: exit [CODE]\n");
		return;
	}
	exit_terminate(code);
}

static void run_restart(const char *arguments)
{
	(void)arguments;
	exit_restart(COMPLETION_SUCCESS);
}

static void run_help(const char *arguments);

static const struct command commands[] = {
    {"help", "this list", run_help},
    {"echo", "TEXT", run_echo},
    {"uptime", "seconds since the start of the board", run_uptime},
    {"memory", "stack and heap of this shell", run_memory},
    {"led", "NUMBER on|off", run_led},
    {"sleep", "MILLISECONDS", run_sleep},
    {"exit", "[CODE]: ends the shell with this completion code", run_exit},
    {"restart", "starts the shell anew", run_restart},
};

enum {
	COMMANDS = sizeof(commands) / sizeof(commands[0])
};

static void run_help(const char *arguments)
{
	(void)arguments;
	for (uint32_t i = 0; i < COMMANDS; i++) {
		struct line line = LINE_EMPTY;

		line_text(&line, commands[i].name);
		line_text(&line, "  ");
		line_text(&line, commands[i].help);
		line_text(&line, "\n");
		line_print(&line);
	}
}

/* Cuts the first word off; what follows it. */
static const char *cut_word(char *line)
{
	while (*line != ' ' && *line != '\0') {
		line++;
	}
	if (*line == '\0') {
		return line;
	}
	*line = '\0';
	return line + 1;
}

void command_run(char *line)
{
	const char *arguments = cut_word(line);

	if (*line == '\0') {
		return;
	}
	for (uint32_t i = 0; i < COMMANDS; i++) {
		if (is_text(line, commands[i].name)) {
			commands[i].run(arguments);
			return;
		}
	}
	run_echo("no such command; try help");
}
