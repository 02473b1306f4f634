#include <console.h>
#include <line.h>

void line_character(struct line *line, char character)
{
	if (line->length < LINE_MAX) {
		line->text[line->length++] = character;
	}
}

void line_text(struct line *line, const char *text)
{
	for (uint32_t i = 0; text[i] != '\0'; i++) {
		line_character(line, text[i]);
	}
}

/* Digits come out last one first, so they are laid down from the end. */
static void line_number(struct line *line, uint32_t number, uint32_t base)
{
	char digits[10];
	uint32_t first = sizeof(digits);

	do {
		digits[--first] = "0123456789abcdef"[number % base];
		number /= base;
	} while (number != 0);
	for (uint32_t i = first; i < sizeof(digits); i++) {
		line_character(line, digits[i]);
	}
}

void line_decimal(struct line *line, uint32_t number)
{
	line_number(line, number, 10);
}

void line_hex(struct line *line, uint32_t number)
{
	line_text(line, "0x");
	line_number(line, number, 16);
}

void line_print(struct line *line)
{
	console_write(line->text, line->length);
	line->length = 0;
}

void line_print_number(const char *text, uint32_t number)
{
	struct line line = LINE_EMPTY;

	line_text(&line, text);
	line_character(&line, ' ');
	line_decimal(&line, number);
	line_character(&line, '\n');
	line_print(&line);
}
