/* All lines are rows of one buffer, used as a ring: the row of the line in the making moves back by one when
 * that line is remembered, onto the oldest. Nothing is ever copied but a remembered line that is edited.
 *
 * Invariant: newest < row_count, place < row_count, shown is place or 0, cursor <= length of the line
 * shown <= LINE_EDITOR_MAX. */

#include <capsules/line_words.h>

enum {
	BACKSPACE = 0x08,
	TAB = 0x09,
	LINE_FEED = 0x0a,
	CARRIAGE_RETURN = 0x0d,
	ESCAPE = 0x1b,
	PRINTABLE_FIRST = 0x20,
	PRINTABLE_LAST = 0x7e,
	DELETE = 0x7f,
};

/* How far an escape sequence has come; a digit stands for itself: ESC [ DIGIT. */
enum escape {
	ESCAPE_NONE,
	ESCAPE_BEGUN,   /* ESC */
	ESCAPE_BRACKET, /* ESC [ or ESC O */
	ESCAPE_OTHER,   /* one that means nothing here */
};

/* Where the row of a place in the history begins. */
static uint32_t row_start(const struct line_editor *self, uint32_t place)
{
	uint32_t row = self->newest + place;

	return (row < self->row_count ? row : row - self->row_count) * LINE_EDITOR_ROW;
}

static uint32_t length_at(const struct line_editor *self, uint32_t place)
{
	return minimum(buffer_get(&self->rows, row_start(self, place)), LINE_EDITOR_MAX);
}

uint32_t line_editor_length(const struct line_editor *self)
{
	return length_at(self, self->shown);
}

uint8_t line_editor_get(const struct line_editor *self, uint32_t index)
{
	return buffer_get(&self->rows, row_start(self, self->shown) + 1 + index);
}

/* These two change the line in the making. */
static void line_set(struct line_editor *self, uint32_t index, uint8_t byte)
{
	buffer_set(&self->rows, row_start(self, 0) + 1 + index, byte);
}

static void line_set_length(struct line_editor *self, uint32_t length)
{
	buffer_set(&self->rows, row_start(self, 0), (uint8_t)length);
}

/* Makes the line that is shown the line in the making. */
static void line_own(struct line_editor *self)
{
	uint32_t length = line_editor_length(self);

	for (uint32_t i = 0; i < minimum(length, LINE_EDITOR_MAX); i++) {
		line_set(self, i, line_editor_get(self, i));
	}
	line_set_length(self, length);
	self->shown = 0;
}

static void add_many(struct text *echo, uint32_t count, struct read_span bytes)
{
	for (uint32_t i = 0; i < minimum(count, LINE_EDITOR_MAX); i++) {
		text_add(echo, bytes);
	}
}

static void add_back(struct text *echo, uint32_t count)
{
	add_many(echo, count, SPAN_OF_TEXT("\b"));
}

/* Adds the line from `start` on. */
static void add_tail(const struct line_editor *self, struct text *echo, uint32_t start)
{
	uint32_t length = line_editor_length(self);

	for (uint32_t i = start; i < minimum(length, LINE_EDITOR_MAX); i++) {
		text_add_char(echo, (char)line_editor_get(self, i));
	}
}

static void editor_insert(struct line_editor *self, uint8_t byte, struct text *echo)
{
	uint32_t length = line_editor_length(self);

	if (length == LINE_EDITOR_MAX) {
		return;
	}
	line_own(self);
	for (uint32_t i = minimum(length, LINE_EDITOR_MAX); i > 0; i--) {
		if (i > self->cursor) {
			line_set(self, i, line_editor_get(self, i - 1));
		}
	}
	line_set(self, self->cursor, byte);
	line_set_length(self, length + 1);
	add_tail(self, echo, self->cursor);
	add_back(echo, length - self->cursor);
	self->cursor++;
}

/* Takes the character under the cursor away. The blank that is written over the last one is taken back at
 * once, so that it is not left on a terminal that keeps trailing blanks. */
static void editor_delete(struct line_editor *self, struct text *echo)
{
	uint32_t length = line_editor_length(self);

	if (self->cursor == length) {
		return;
	}
	line_own(self);
	for (uint32_t i = self->cursor; i + 1 < length && i < LINE_EDITOR_MAX; i++) {
		line_set(self, i, line_editor_get(self, i + 1));
	}
	line_set_length(self, length - 1);
	add_tail(self, echo, self->cursor);
	text_add_char(echo, ' ');
	if (self->cursor + 1u < length) {
		text_add(echo, SPAN_OF_TEXT("\b "));
	}
	add_back(echo, length - self->cursor);
}

static void editor_left(struct line_editor *self, uint32_t count, struct text *echo)
{
	add_back(echo, count);
	self->cursor -= (uint8_t)count;
}

static void editor_right(struct line_editor *self, struct text *echo)
{
	if (self->cursor < line_editor_length(self)) {
		text_add_char(echo, (char)line_editor_get(self, self->cursor));
		self->cursor++;
	}
}

static void editor_end(struct line_editor *self, struct text *echo)
{
	add_tail(self, echo, self->cursor);
	self->cursor = (uint8_t)line_editor_length(self);
}

static void editor_backspace(struct line_editor *self, struct text *echo)
{
	if (self->cursor > 0) {
		editor_left(self, 1, echo);
		editor_delete(self, echo);
	}
}

static void editor_show(struct line_editor *self, uint32_t place, struct text *echo)
{
	uint32_t before = line_editor_length(self);
	uint32_t after = length_at(self, place);

	editor_end(self, echo);
	if (before > after) {
		add_many(echo, before - after, SPAN_OF_TEXT("\b \b"));
	}
	add_back(echo, minimum(before, after));
	self->place = (uint8_t)place;
	self->shown = (uint8_t)place;
	add_tail(self, echo, 0);
	self->cursor = (uint8_t)after;
}

static void editor_up(struct line_editor *self, struct text *echo)
{
	uint32_t place = self->place + 1;

	if (place < self->row_count && length_at(self, place) > 0) {
		editor_show(self, place, echo);
	}
}

static void editor_down(struct line_editor *self, struct text *echo)
{
	if (self->place > 0) {
		editor_show(self, self->place - 1, echo);
	}
}

/* A key that sends ESC [ LETTER, or ESC [ DIGIT ~. */
static void editor_key(struct line_editor *self, uint8_t key, struct text *echo)
{
	switch (key) {
	case 'A':
		editor_up(self, echo);
		break;
	case 'B':
		editor_down(self, echo);
		break;
	case 'C':
		editor_right(self, echo);
		break;
	case 'D':
		editor_left(self, self->cursor > 0 ? 1 : 0, echo);
		break;
	case 'H':
	case '1':
		editor_left(self, self->cursor, echo);
		break;
	case 'F':
	case '4':
		editor_end(self, echo);
		break;
	case '3':
		editor_delete(self, echo);
		break;
	default:
		break;
	}
}

static bool is_letter(uint8_t byte)
{
	return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
}

static bool is_digit(uint8_t byte)
{
	return byte >= '0' && byte <= '9';
}

/* A byte of an escape sequence. */
static void editor_escape(struct line_editor *self, uint8_t byte, struct text *echo)
{
	uint8_t escape = self->escape;

	self->escape = ESCAPE_NONE;
	if (escape == ESCAPE_BEGUN && (byte == '[' || byte == 'O')) {
		self->escape = ESCAPE_BRACKET;
	} else if (is_letter(byte)) {
		editor_key(self, escape == ESCAPE_BRACKET ? byte : 0, echo);
	} else if (byte == '~') {
		editor_key(self, is_digit(escape) ? escape : 0, echo);
	} else {
		self->escape = escape == ESCAPE_BRACKET && is_digit(byte) ? byte : ESCAPE_OTHER;
	}
}

static enum line_editor_event editor_submit(struct line_editor *self, uint8_t byte,
					    struct text *echo)
{
	bool second = self->ended != 0 && self->ended != byte;

	self->ended = second ? 0 : byte;
	if (second) {
		return LINE_EDITOR_NOTHING;
	}
	line_own(self);
	self->cursor = 0;
	self->place = 0;
	text_add(echo, SPAN_OF_TEXT("\r\n"));
	return LINE_EDITOR_SUBMITTED;
}

enum line_editor_event line_editor_take(struct line_editor *self, uint8_t byte, struct text *echo)
{
	if (byte == LINE_FEED || byte == CARRIAGE_RETURN) {
		self->escape = ESCAPE_NONE;
		return editor_submit(self, byte, echo);
	}
	self->ended = 0;
	if (byte == ESCAPE) {
		self->escape = ESCAPE_BEGUN;
	} else if (byte == BACKSPACE || byte == DELETE) {
		self->escape = ESCAPE_NONE;
		editor_backspace(self, echo);
	} else if (byte < PRINTABLE_FIRST) {
		self->escape = ESCAPE_NONE;
		return byte == TAB ? LINE_EDITOR_TAB : LINE_EDITOR_NOTHING;
	} else if (self->escape != ESCAPE_NONE) {
		editor_escape(self, byte, echo);
	} else if (byte <= PRINTABLE_LAST) {
		editor_insert(self, byte, echo);
	}
	return LINE_EDITOR_NOTHING;
}

static bool equals_last(const struct line_editor *self)
{
	uint32_t length = line_editor_length(self);
	uint32_t other = row_start(self, 1) + 1;

	if (length != length_at(self, 1)) {
		return false;
	}
	for (uint32_t i = 0; i < minimum(length, LINE_EDITOR_MAX); i++) {
		if (line_editor_get(self, i) != buffer_get(&self->rows, other + i)) {
			return false;
		}
	}
	return true;
}

void line_editor_next(struct line_editor *self)
{
	if (self->row_count > 1 && !line_words_is_blank(self) && !equals_last(self)) {
		self->newest = self->newest > 0 ? self->newest - 1 : self->row_count - 1;
	}
	line_set_length(self, 0);
}

void line_editor_add_line(const struct line_editor *self, struct text *text)
{
	add_tail(self, text, 0);
}

/* --- Completion. The cursor stands behind the typed part of the word all the while; what the offers have in
 * common grows behind it. --- */

/* Where the word before the cursor begins, and which one it is. */
static uint32_t completed_start(const struct line_editor *self, uint32_t *index)
{
	uint32_t start = 0;
	bool in_word = false;

	*index = 0;
	for (uint32_t i = 0; i < minimum(self->cursor, LINE_EDITOR_MAX); i++) {
		bool blank = line_editor_get(self, i) == ' ';

		*index += blank && in_word ? 1 : 0;
		start = blank ? i + 1 : start;
		in_word = !blank;
	}
	return start;
}

uint32_t line_editor_complete_begin(struct line_editor *self)
{
	uint32_t index = 0;

	self->offers = 0;
	if (self->cursor < line_editor_length(self)) {
		return LINE_EDITOR_MAX;
	}
	line_own(self);
	(void)completed_start(self, &index);
	return index;
}

/* Whether somebody could type it as a word. */
static bool is_word(struct read_span text)
{
	for (uint32_t i = 0; i < minimum(read_span_length(text), LINE_EDITOR_MAX); i++) {
		uint8_t byte = read_span_get(text, i);

		if (byte <= ' ' || byte > PRINTABLE_LAST) {
			return false;
		}
	}
	return true;
}

bool line_editor_fits(const struct line_editor *self, struct read_span text)
{
	uint32_t index = 0;
	uint32_t start = completed_start(self, &index);

	return is_word(text) && start + line_words_in_common(self, start, text) >= self->cursor;
}

void line_editor_offer(struct line_editor *self, struct read_span text)
{
	uint32_t index = 0;
	uint32_t start = completed_start(self, &index);

	if (!line_editor_fits(self, text)) {
		return;
	}
	if (self->offers == 0) {
		uint32_t length = minimum(start + read_span_length(text), LINE_EDITOR_MAX);

		for (uint32_t i = self->cursor; i < minimum(length, LINE_EDITOR_MAX); i++) {
			line_set(self, i, read_span_get(text, i - start));
		}
		line_set_length(self, length);
	} else {
		line_set_length(self, start + line_words_in_common(self, start, text));
	}
	self->offers = (uint8_t)minimum(self->offers + 1, 2);
}

bool line_editor_complete_end(struct line_editor *self, struct text *echo)
{
	uint32_t typed = self->cursor;

	editor_end(self, echo);
	if (self->offers == 1) {
		editor_insert(self, ' ', echo);
	}
	return self->offers < 2 || self->cursor > typed;
}

void line_editor_init(struct line_editor *self, struct buffer *rows)
{
	uint32_t count = minimum(buffer_size(rows) / LINE_EDITOR_ROW, UINT8_MAX);

	require(count > 0);
	self->rows = buffer_take(rows);
	self->row_count = (uint8_t)count;
	self->newest = 0;
	self->place = 0;
	self->shown = 0;
	self->cursor = 0;
	self->escape = ESCAPE_NONE;
	self->ended = 0;
	self->offers = 0;
	for (uint32_t i = 0; i < minimum(count, UINT8_MAX); i++) {
		buffer_set(&self->rows, i * LINE_EDITOR_ROW, 0);
	}
}
