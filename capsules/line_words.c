/* The words on a line. Everything is looked for each time it is asked for: nothing is remembered. */

#include <capsules/line_words.h>

/* Where word `index` begins, or the line's end. */
static uint32_t word_start(const struct line_editor *line, uint32_t index)
{
	uint32_t length = line_editor_length(line);
	bool in_word = false;

	for (uint32_t i = 0; i < minimum(length, LINE_EDITOR_MAX); i++) {
		bool blank = line_editor_get(line, i) == ' ';

		if (!blank && !in_word) {
			if (index == 0) {
				return i;
			}
			index--;
		}
		in_word = !blank;
	}
	return length;
}

uint32_t line_words_in_common(const struct line_editor *line, uint32_t start, struct read_span text)
{
	uint32_t limit = minimum(line_editor_length(line) - start, read_span_length(text));

	for (uint32_t i = 0; i < minimum(limit, LINE_EDITOR_MAX); i++) {
		if (line_editor_get(line, start + i) != read_span_get(text, i)) {
			return i;
		}
	}
	return limit;
}

bool line_words_is_blank(const struct line_editor *line)
{
	return word_start(line, 0) == line_editor_length(line);
}

bool line_words_begin_with(const struct line_editor *line, struct read_span text)
{
	return line_words_in_common(line, word_start(line, 0), text) == read_span_length(text);
}

bool line_words_has_argument(const struct line_editor *line)
{
	return word_start(line, 1) < line_editor_length(line);
}

bool line_words_argument_is(const struct line_editor *line, struct read_span text)
{
	uint32_t start = word_start(line, 1);
	uint32_t end = start + read_span_length(text);

	return line_words_in_common(line, start, text) == read_span_length(text) &&
	       (end == line_editor_length(line) || line_editor_get(line, end) == ' ');
}

void line_words_add_argument(const struct line_editor *line, struct text *text)
{
	uint32_t length = line_editor_length(line);

	for (uint32_t i = word_start(line, 1); i < minimum(length, LINE_EDITOR_MAX); i++) {
		if (line_editor_get(line, i) == ' ') {
			return;
		}
		text_add_char(text, (char)line_editor_get(line, i));
	}
}
