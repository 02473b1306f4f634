#pragma once

#include <capsules/text.h>

/* A line that somebody types at a terminal, byte by byte, and the lines typed before it.
 *
 *   E1  Printable ASCII is put in at the cursor and echoed, up to LINE_EDITOR_MAX characters; what does
 *       not fit, and every other byte, is swallowed without an echo.
 *   E2  CR or LF submits the line and echoes CR LF; of a pair (CR LF or LF CR) the second does nothing.
 *   E3  Backspace (0x08 or 0x7f) takes the character before the cursor away, ESC [ 3 ~ the one under it.
 *       Left, Right (ESC [ D, C), Home, End (ESC [ H, F; also 1 ~, 4 ~) move the cursor. All other escape
 *       sequences are swallowed, up to a letter or '~'; a control character ends one, too.
 *   E4  Up and Down (ESC [ A, B) show older and younger lines. The place keeps what it shows until it is
 *       edited: then a copy is, which takes the place of the unfinished line.
 *   E5  Lines of blanks are not remembered, nor is one that equals the last one remembered.
 *   E6  The echo moves the cursor with backspaces and by writing what stands there, so that it works on any
 *       terminal. What it leaves behind a shorter text it takes away by BS, blank, BS.
 *
 * capsules/small/line_editor.c, for boards that have no flash for all of it, has E1, E2, and of E3 Backspace and that
 * escape sequences are swallowed; its buffer is one line.
 *
 * RAM: 4 words, and LINE_EDITOR_ROW bytes for the line in the making and each one remembered. */
enum {
	LINE_EDITOR_ROW = 64,                  /* its length, then its characters */
	LINE_EDITOR_MAX = LINE_EDITOR_ROW - 1, /* characters of a line */
	LINE_EDITOR_ECHO = 4 * LINE_EDITOR_ROW /* bytes that an echo can be long */
};

enum line_editor_event {
	LINE_EDITOR_NOTHING,
	LINE_EDITOR_SUBMITTED, /* the line is there until line_editor_next() */
	LINE_EDITOR_TAB,       /* the user wants the word before the cursor completed */
};

struct line_editor {
	struct buffer rows;
	uint8_t row_count;
	uint8_t
	    newest; /* row of the line in the making; the one before it is in the next row, and so on */
	uint8_t place;  /* in the history: 0 is the line in the making, 1 the last one remembered */
	uint8_t shown;  /* place, or 0 when what it shows has been edited */
	uint8_t cursor; /* characters to the left of it */
	uint8_t escape; /* how far an escape sequence has come */
	uint8_t ended;  /* CR or LF, if that was the last byte */
	uint8_t offers; /* that fit the word to be completed */
};

/* Takes a buffer of LINE_EDITOR_ROW bytes for the line and for each one to be remembered. */
void line_editor_init(struct line_editor *self, struct buffer *rows);

/* A byte has come. Adds the echo. After LINE_EDITOR_SUBMITTED comes line_editor_next() first. */
enum line_editor_event line_editor_take(struct line_editor *self, uint8_t byte, struct text *echo);

/* Remembers the line that was submitted and begins an empty one. */
void line_editor_next(struct line_editor *self);

/* How long the line is, and its characters. line_words.h is for the words on it. */
uint32_t line_editor_length(const struct line_editor *self);
uint8_t line_editor_get(const struct line_editor *self, uint32_t index);

void line_editor_add_line(const struct line_editor *self, struct text *text);

/* Completion of the word before the cursor: begin, offer everything that it could be, end. begin() tells
 * which word it is, from 0; LINE_EDITOR_MAX: none, the cursor is not at the end of the line. end() adds the
 * echo; false: the offers have nothing more in common, and there are several of them. */
uint32_t line_editor_complete_begin(struct line_editor *self);
void line_editor_offer(struct line_editor *self, struct read_span text);
bool line_editor_complete_end(struct line_editor *self, struct text *echo);

/* Whether this could be the word before the cursor. What nobody could type, a name with control characters or
 * blanks, could not. */
bool line_editor_fits(const struct line_editor *self, struct read_span text);
