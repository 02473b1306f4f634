#pragma once

#include <capsules/line_editor.h>

/* The words on a line that was typed (line_editor.h). They stand between blanks. */

/* Whether there is none. */
bool line_words_is_blank(const struct line_editor *line);

/* Whether the line, without blanks at its start, begins with this. */
bool line_words_begin_with(const struct line_editor *line, struct read_span text);

/* Whether the second word is there, and whether it is this. */
bool line_words_has_argument(const struct line_editor *line);
bool line_words_argument_is(const struct line_editor *line, struct read_span text);

void line_words_add_argument(const struct line_editor *line, struct text *text);

/* How many characters the line, from `start` on, and the text have in common. */
uint32_t line_words_in_common(const struct line_editor *line, uint32_t start,
			      struct read_span text);
