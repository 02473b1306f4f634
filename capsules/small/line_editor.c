/* In place of capsules/line_editor.c, for boards that have no flash for more: what is typed is put behind the line,
 * Backspace takes the last character away. No line is remembered, nothing is completed.
 *
 * The one row holds the line's characters; the cursor, behind them all, is its length.
 *
 * Invariant: cursor <= LINE_EDITOR_MAX. */

#include <capsules/line_editor.h>

enum {
	BACKSPACE = 0x08,
	LINE_FEED = 0x0a,
	CARRIAGE_RETURN = 0x0d,
	ESCAPE = 0x1b,
	PRINTABLE_FIRST = 0x20,
	PRINTABLE_LAST = 0x7e,
	DELETE = 0x7f,
};

uint32_t line_editor_length(const struct line_editor *self)
{
	return self->cursor;
}

uint8_t line_editor_get(const struct line_editor *self, uint32_t index)
{
	return buffer_get(&self->rows, index);
}

void line_editor_add_line(const struct line_editor *self, struct text *text)
{
	for (uint32_t i = 0; i < self->cursor; i++) {
		text_add_char(text, (char)line_editor_get(self, i));
	}
}

static enum line_editor_event editor_submit(struct line_editor *self, uint8_t byte,
					    struct text *echo)
{
	if (self->ended != 0 && self->ended != byte) {
		self->ended = 0;
		return LINE_EDITOR_NOTHING;
	}
	self->ended = byte;
	text_add(echo, SPAN_OF_TEXT("\r\n"));
	return LINE_EDITOR_SUBMITTED;
}

/* A byte of an escape sequence, which ends with a letter or '~'. The letter O begins some, as [ does others. */
static void editor_escape(struct line_editor *self, uint8_t byte)
{
	self->escape = byte < 'A' || byte == '[' || byte == 'O';
}

static void editor_put(struct line_editor *self, uint8_t byte, struct text *echo)
{
	if (self->cursor < LINE_EDITOR_MAX) {
		buffer_set(&self->rows, self->cursor, byte);
		self->cursor++;
		text_add_char(echo, (char)byte);
	}
}

static void editor_backspace(struct line_editor *self, struct text *echo)
{
	if (self->cursor > 0) {
		self->cursor--;
		text_add(echo, SPAN_OF_TEXT("\b \b"));
	}
}

enum line_editor_event line_editor_take(struct line_editor *self, uint8_t byte, struct text *echo)
{
	if (self->escape != 0 && byte >= PRINTABLE_FIRST && byte <= PRINTABLE_LAST) {
		editor_escape(self, byte);
		return LINE_EDITOR_NOTHING;
	}
	self->escape = byte == ESCAPE;
	if (byte == LINE_FEED || byte == CARRIAGE_RETURN) {
		return editor_submit(self, byte, echo);
	}
	self->ended = 0;
	if (byte == BACKSPACE || byte == DELETE) {
		editor_backspace(self, echo);
	} else if (byte >= PRINTABLE_FIRST && byte <= PRINTABLE_LAST) {
		editor_put(self, byte, echo);
	}
	return LINE_EDITOR_NOTHING;
}

void line_editor_next(struct line_editor *self)
{
	self->cursor = 0;
}

void line_editor_init(struct line_editor *self, struct buffer *rows)
{
	require(buffer_size(rows) >= LINE_EDITOR_ROW);
	self->rows = buffer_take(rows);
	self->cursor = 0;
	self->escape = 0;
	self->ended = 0;
}

/* Nothing is completed. */

uint32_t line_editor_complete_begin(struct line_editor *self)
{
	(void)self;
	return LINE_EDITOR_MAX;
}

void line_editor_offer(struct line_editor *self, struct read_span text)
{
	(void)self;
	(void)text;
}

bool line_editor_complete_end(struct line_editor *self, struct text *echo)
{
	(void)self;
	(void)echo;
	return true;
}

bool line_editor_fits(const struct line_editor *self, struct read_span text)
{
	(void)self;
	(void)text;
	return false;
}
