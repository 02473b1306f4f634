#pragma once

#include <stdint.h>

/* What all host tools do alike at the command line.
 *
 *   C1  A tool that cannot do what was asked says so in exactly one line on stderr, of the form
 *       `tool: subject: what is wrong; what to change`, and exits with 1.
 *   C2  It has written nothing by then: output appears whole or not at all (see file.h).
 *   C3  Bytes that came from a file are made printable before they reach a terminal. */

/* Prints the line of C1 and exits. */
__attribute__((noreturn, format(printf, 1, 2))) void refuse(const char *format, ...);

/* The number in `text`: decimal, or hexadecimal after 0x. Refuses anything else, and numbers above
 * `maximum`; the line names `option`. */
uint32_t command_line_number(const char *option, const char *text, uint32_t maximum);

/* Two numbers with `separator` between them, each at most `maximum`. */
void command_line_pair(const char *option, const char *text, char separator, uint32_t maximum,
		       uint32_t pair[2]);

/* Refuses an option getopt_long did not know, or one whose argument is missing. `result` is what
 * getopt_long returned; its optstring begins with ':'. */
__attribute__((noreturn)) void command_line_bad_option(int result, char **argv);
