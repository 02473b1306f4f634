/* Uses all that a position-independent program has to get right: pointers in initialised data, to data, to
 * constants and to functions; variables in .data and .bss; a function that the kernel calls. Prints
 * what came of it. */

#include <stddef.h>
#include <stdint.h>
#include <tests/tools/libtock/system_call.h>

#define CONSOLE       1u
#define YIELD_WAIT    1u
#define CONSOLE_WRITE 1u

static int twice(int value)
{
	return 2 * value;
}

static int next(int value)
{
	return value + 1;
}

int answer = 20;
int zeros[100];
int *pointers[] = {&answer, &zeros[7]};
int (*steps[])(int) = {next, twice};
static const char *const words[] = {"libtock-style program: ", ", ", " written\n"};
__attribute__((section(".app_state"), used)) const uint32_t app_state = 0x11223344;

char line[80];
volatile size_t line_length;
volatile uint32_t written;

static void put_text(const char *text)
{
	while (*text != '\0') {
		line[line_length] = *text++;
		line_length = line_length + 1;
	}
}

static void put_number(uint32_t number)
{
	char digits[12];
	size_t at = sizeof(digits);

	digits[--at] = '\0';
	do {
		digits[--at] = (char)('0' + number % 10);
		number /= 10;
	} while (number > 0);
	put_text(&digits[at]);
}

static void on_written(uint32_t length, uint32_t b, uint32_t c, void *data)
{
	(void)b;
	(void)c;
	*(uint32_t *)data = length;
}

static void write_line(void)
{
	written = 0;
	system_call(1, CONSOLE, CONSOLE_WRITE, (uint32_t)on_written, (uint32_t)&written);
	system_call(4, CONSOLE, CONSOLE_WRITE, (uint32_t)line, line_length);
	system_call(2, CONSOLE, CONSOLE_WRITE, line_length, 0);
	while (written == 0) {
		system_call(0, YIELD_WAIT, 0, 0, 0);
	}
	line_length = 0;
}

int main(void)
{
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		*pointers[0] = steps[i](*pointers[0]);
	}
	put_text(words[0]);
	put_number((uint32_t)answer);
	put_text(words[1]);
	put_number((uint32_t)*pointers[1]);
	put_text("\n");
	write_line();
	uint32_t before = written;
	put_number(before);
	put_text(words[2]);
	write_line();
	for (;;) {
		system_call(0, YIELD_WAIT, 0, 0, 0);
	}
}
