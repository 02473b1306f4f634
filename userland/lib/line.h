#pragma once

#include <linkage.h>
#include <stdint.h>

LINKAGE_C_BEGIN

/* A line put together from parts and then printed by one write, so that no other process's output
 * can come in between. What does not fit is cut off. */
enum {
	LINE_MAX = 140 /* bytes */
};

struct line {
	uint32_t length;
	char text[LINE_MAX];
};

#define LINE_EMPTY {.length = 0}

void line_character(struct line *line, char character);
void line_text(struct line *line, const char *text);
void line_decimal(struct line *line, uint32_t number);
void line_hex(struct line *line, uint32_t number); /* with 0x */

/* Prints what there is, and empties the line. */
void line_print(struct line *line);

/* Prints `text number` and a newline. */
void line_print_number(const char *text, uint32_t number);

LINKAGE_C_END
