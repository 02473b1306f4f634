/* One line, then the end. Tools are run by makefiles and by people; both want the first cause. */

#include <tools/tbf/command_line.h>

#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINE_MAX_BYTES 1024

/* C3, and C1 even if a file's name holds a line break. */
static void make_printable(char *line)
{
	for (size_t i = 0; line[i] != '\0'; i++) {
		unsigned char byte = (unsigned char)line[i];
		if (byte < 0x20 || byte == 0x7f) {
			line[i] = '?';
		}
	}
}

void refuse(const char *format, ...)
{
	char line[LINE_MAX_BYTES];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(line, sizeof(line), format, arguments);
	va_end(arguments);
	make_printable(line);
	fprintf(stderr, "%s: %s\n", program_invocation_short_name, line);
	exit(EXIT_FAILURE);
}

/* Reads one number at the start of `text`. Returns the rest, or NULL when there is no number. */
static const char *read_number(const char *text, uint32_t maximum, uint32_t *number)
{
	bool hexadecimal = text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
	const char *digits = hexadecimal ? text + 2 : text;
	char *rest;

	/* strtoull would also take blanks, a sign and a second 0x. */
	if (!isxdigit((unsigned char)digits[0]) || digits[1] == 'x' || digits[1] == 'X') {
		return NULL;
	}
	errno = 0;
	unsigned long long value = strtoull(digits, &rest, hexadecimal ? 16 : 10);
	if (rest == digits || errno != 0 || value > maximum) {
		return NULL;
	}
	*number = (uint32_t)value;
	return rest;
}

uint32_t command_line_number(const char *option, const char *text, uint32_t maximum)
{
	uint32_t number;
	const char *rest = read_number(text, maximum, &number);

	if (rest == NULL || *rest != '\0') {
		refuse("%s %s: give a number from 0 to %u, decimal or 0x...", option, text,
		       maximum);
	}
	return number;
}

void command_line_pair(const char *option, const char *text, char separator, uint32_t maximum,
		       uint32_t pair[2])
{
	const char *rest = read_number(text, maximum, &pair[0]);

	if (rest != NULL && *rest == separator) {
		rest = read_number(rest + 1, maximum, &pair[1]);
		if (rest != NULL && *rest == '\0') {
			return;
		}
	}
	refuse("%s %s: give two numbers from 0 to %u as NUMBER%cNUMBER", option, text, maximum,
	       separator);
}

void command_line_bad_option(int result, char **argv)
{
	/* getopt has stepped over a long option, perhaps not over a group of short ones. */
	bool is_short = optopt > 0 && optopt <= UCHAR_MAX;
	const char *option = is_short ? (char[]){'-', (char)optopt, '\0'} : argv[optind - 1];

	if (result == ':') {
		refuse("%s needs a value; see --help", option);
	}
	refuse("%s is not an option, or not one that takes a value; see --help", option);
}
