/* The line editor: clauses E1 to E6, also against a plain model and a terminal. */

#include "fake_kernel.h"
#include <capsules/line_words.h>
#include <stdio.h>
#include <string.h>

enum {
	ROWS = 10
};

static struct line_editor editor;
static struct text echo;
static uint8_t rows_bytes[ROWS * LINE_EDITOR_ROW];
static uint8_t echo_bytes[LINE_EDITOR_ECHO];
static char echoed[4096];

/* What a terminal shows of the line, and where its cursor is. */
static char screen[256];
static uint32_t screen_cursor;

static void start_with(uint32_t rows)
{
	struct buffer rows_buffer = {rows_bytes, rows * LINE_EDITOR_ROW};
	struct buffer echo_buffer = BUFFER_OVER(echo_bytes);

	memset(rows_bytes, 0xee, sizeof(rows_bytes));
	line_editor_init(&editor, &rows_buffer);
	text_restart(&echo, &echo_buffer);
	memset(screen, 0, sizeof(screen));
	screen_cursor = 0;
	echoed[0] = '\0';
}

static int start(void **state)
{
	(void)state;
	fake_kernel_reset();
	start_with(ROWS);
	return 0;
}

static void show(char byte)
{
	if (byte == '\b') {
		assert_true(screen_cursor > 0);
		screen_cursor--;
	} else if (byte == '\r') {
		screen_cursor = 0;
	} else if (byte == '\n') {
		memset(screen, 0, sizeof(screen));
	} else {
		assert_true(byte >= ' ' && byte <= '~');
		screen[screen_cursor] = byte;
		screen_cursor++;
	}
}

static enum line_editor_event take(uint8_t byte)
{
	size_t length = strlen(echoed);

	text_clear(&echo);

	enum line_editor_event event = line_editor_take(&editor, byte, &echo);

	assert_true(echo.length < LINE_EDITOR_ECHO); /* nothing was cut off */
	for (uint32_t i = 0; i < echo.length; i++) {
		show((char)buffer_get(&echo.buffer, i));
	}
	if (length + echo.length < sizeof(echoed)) {
		memcpy(&echoed[length], echo_bytes, echo.length);
		echoed[length + echo.length] = '\0';
	}
	return event;
}

/* Types text; a line that is submitted is over at once. */
static void type(const char *text)
{
	for (; *text != '\0'; text++) {
		if (take((uint8_t)*text) == LINE_EDITOR_SUBMITTED) {
			line_editor_next(&editor);
		}
	}
}

static void expect_echo(const char *expected)
{
	assert_string_equal(echoed, expected);
	echoed[0] = '\0';
}

/* The line in the editor, by what it can be asked. */
static void expect_line(const char *expected)
{
	uint8_t bytes[LINE_EDITOR_ROW];
	struct buffer buffer = BUFFER_OVER(bytes);
	struct text line = {0};

	text_restart(&line, &buffer);
	line_editor_add_line(&editor, &line);
	assert_int_equal(line.length, strlen(expected));
	assert_memory_equal(bytes, expected, line.length);
}

#define UP     "\x1b[A"
#define DOWN   "\x1b[B"
#define RIGHT  "\x1b[C"
#define LEFT   "\x1b[D"
#define HOME   "\x1b[H"
#define END    "\x1b[F"
#define REMOVE "\x1b[3~"

static void typed_characters_are_echoed(void **state)
{
	(void)state;
	type("list ~!");
	expect_echo("list ~!");
	expect_line("list ~!");
}

static void a_full_line_takes_no_more(void **state)
{
	char text[LINE_EDITOR_MAX + 1];

	(void)state;
	memset(text, 'x', LINE_EDITOR_MAX);
	text[LINE_EDITOR_MAX] = '\0';
	type(text);
	expect_echo(text);
	type("y");
	type(LEFT "y" RIGHT);
	expect_echo("\bx");
	expect_line(text);
	type("\by");
	text[LINE_EDITOR_MAX - 1] = 'y';
	expect_line(text);
}

static void what_is_not_printable_is_swallowed(void **state)
{
	(void)state;
	for (uint32_t byte = 0; byte < 256; byte++) {
		if (byte != '\n' && byte != '\r' && byte != '\t' && byte != 0x1b &&
		    (byte < ' ' || byte > '~')) {
			assert_int_equal(take((uint8_t)byte), LINE_EDITOR_NOTHING);
		}
	}
	expect_echo("");
	expect_line("");
}

static void ends_of_lines(void **state)
{
	(void)state;
	assert_int_equal(take('\r'), LINE_EDITOR_SUBMITTED);
	line_editor_next(&editor);
	assert_int_equal(take('\n'), LINE_EDITOR_NOTHING);
	assert_int_equal(take('\n'), LINE_EDITOR_SUBMITTED);
	line_editor_next(&editor);
	assert_int_equal(take('\r'), LINE_EDITOR_NOTHING);
	assert_int_equal(take('\r'), LINE_EDITOR_SUBMITTED);
	line_editor_next(&editor);
	assert_int_equal(take('\r'), LINE_EDITOR_SUBMITTED);
	line_editor_next(&editor);
	assert_int_equal(take('a'), LINE_EDITOR_NOTHING);
	assert_int_equal(take('\n'), LINE_EDITOR_SUBMITTED);
	expect_echo("\r\n\r\n\r\n\r\na\r\n");
}

/* The echo rules of Tock's process console. */
static void echoes(void **state)
{
	(void)state;
	type("abc\b");
	expect_echo("abc\b \b");
	type("\x7f");
	expect_echo("\b \b");
	type("bc" LEFT LEFT);
	expect_echo("bc\b\b");
	type("x");
	expect_echo("xbc\b\b");
	type(RIGHT);
	expect_echo("b");
	type(HOME);
	expect_echo("\b\b\b");
	type(END);
	expect_echo("axbc");
	type(END RIGHT REMOVE);
	expect_echo("");
	type(HOME HOME LEFT "\b");
	expect_echo("\b\b\b\b");
	type(REMOVE);
	expect_echo("xbc \b \b\b\b\b");
	expect_line("xbc");
}

static void escape_sequences_without_meaning(void **state)
{
	(void)state;
	type("\x1b[5~\x1b[1;5C\x1bq\x1b[33~\x1b[~\x1b~\x1b[200~\x1b[?25h\x1b[M\x1b[;;;;H\x1b\x1b["
	     "Z\x1b]0;A");
	expect_echo("");
	type("ok");
	expect_echo("ok");
	type("\x1b[1\r");
	expect_echo("\r\n");
	type("ab\x1b[\bC\x1b[\x01"
	     "D");
	expect_line("aCD");
	echoed[0] = '\0';
	type("\b\b\b");
	echoed[0] = '\0';
	type("\x1bOH\x1b[4~z");
	expect_echo("z");
}

static void history(void **state)
{
	(void)state;
	type("one\rtwo\r\ntwo\n   \r\r three\r");
	echoed[0] = '\0';
	type("unfinished" UP);
	expect_line(" three");
	expect_echo("unfinished\b \b\b \b\b \b\b \b\b\b\b\b\b\b three");
	type(UP);
	expect_line("two");
	type(UP);
	expect_line("one");
	type(UP);
	expect_line("one");
	type(DOWN DOWN);
	expect_line(" three");
	type(DOWN);
	expect_line("unfinished");
	type(DOWN);
	expect_line("unfinished");
}

static void a_recalled_line_is_edited_in_a_copy(void **state)
{
	(void)state;
	type("one\rtwo\r");
	type(UP UP "!");
	expect_line("one!");
	type(DOWN);
	expect_line("two");
	type(DOWN);
	expect_line("one!");
	type(UP UP);
	expect_line("one");
	type(DOWN DOWN "\r" UP);
	expect_line("one!");
	type(UP);
	expect_line("two");
	type(UP "\r"); /* submitted as it is: the last one now */
	type(UP);
	expect_line("one");
	type(UP);
	expect_line("one!");
}

static void oldest_lines_are_forgotten(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < ROWS + 3; i++) {
		char line[16];

		snprintf(line, sizeof(line), "line %u\r", i);
		type(line);
	}
	for (uint32_t i = 0; i < 2 * ROWS; i++) {
		type(UP);
	}
	expect_line("line 4"); /* ROWS - 1 are remembered: 4 to 12 */
}

static void no_room_for_a_history(void **state)
{
	(void)state;
	start_with(1);
	type("one\rtwo" UP DOWN);
	expect_line("two");
	type("\r");
	expect_line("");
}

static void words(void **state)
{
	(void)state;
	assert_true(line_words_is_blank(&editor));
	assert_false(line_words_has_argument(&editor));
	type("  stop  writer_a now ");
	assert_false(line_words_is_blank(&editor));
	assert_true(line_words_begin_with(&editor, SPAN_OF_TEXT("stop")));
	assert_true(line_words_begin_with(&editor, SPAN_OF_TEXT("st")));
	assert_false(line_words_begin_with(&editor, SPAN_OF_TEXT("start")));
	assert_true(line_words_has_argument(&editor));
	assert_true(line_words_argument_is(&editor, SPAN_OF_TEXT("writer_a")));
	assert_false(line_words_argument_is(&editor, SPAN_OF_TEXT("writer_")));
	assert_false(line_words_argument_is(&editor, SPAN_OF_TEXT("writer_ab")));
	assert_false(line_words_argument_is(&editor, SPAN_OF_TEXT("")));
	type("\rstop\r");
	type("stop");
	assert_false(line_words_has_argument(&editor));
	assert_false(line_words_argument_is(&editor, SPAN_OF_TEXT("stop")));
	type(" x");
	assert_true(line_words_argument_is(&editor, SPAN_OF_TEXT("x")));
	text_clear(&echo);
	line_words_add_argument(&editor, &echo);
	assert_int_equal(echo.length, 1);
	assert_int_equal(buffer_get(&echo.buffer, 0), 'x');
}

static bool complete(uint32_t word)
{
	static const struct read_span offers[] = {SPAN_OF_TEXT("start"), SPAN_OF_TEXT("status"),
						  SPAN_OF_TEXT("list"), SPAN_OF_TEXT("stop")};

	assert_int_equal(line_editor_complete_begin(&editor), word);
	if (word == LINE_EDITOR_MAX) {
		return true;
	}
	for (uint32_t i = 0; i < ARRAY_LENGTH(offers); i++) {
		line_editor_offer(&editor, offers[i]);
	}
	text_clear(&echo);

	bool result = line_editor_complete_end(&editor, &echo);

	for (uint32_t i = 0; i < echo.length; i++) {
		show((char)buffer_get(&echo.buffer, i));
	}
	return result;
}

static void completion(void **state)
{
	(void)state;
	type("l");
	assert_int_equal(take('\t'), LINE_EDITOR_TAB);
	assert_true(complete(0));
	expect_line("list ");
	assert_string_equal(screen, "list ");
	type("s");
	assert_true(complete(1));
	expect_line("list st");
	assert_false(complete(1)); /* several, and nothing more in common */
	expect_line("list st");
	assert_true(line_editor_fits(&editor, SPAN_OF_TEXT("status")));
	assert_false(line_editor_fits(&editor, SPAN_OF_TEXT("s")));
	assert_false(line_editor_fits(&editor, SPAN_OF_TEXT("list")));
	type("a");
	assert_false(complete(1));
	expect_line("list sta");
	type("tu");
	assert_true(complete(1));
	expect_line("list status ");
	type("zz");
	assert_true(complete(2));
	expect_line("list status zz");
	type(LEFT);
	assert_true(complete(LINE_EDITOR_MAX));
	type(END "\r");
	assert_false(complete(0)); /* of an empty line: everything fits */
	expect_line("");
}

/* A completed word stops where the line is full. */
static void completion_in_a_full_line(void **state)
{
	char text[LINE_EDITOR_MAX + 1];

	(void)state;
	memset(text, 'x', sizeof(text));
	memcpy(&text[LINE_EDITOR_MAX - 5], " sto", 5);
	type(text);
	assert_true(complete(1));
	text[LINE_EDITOR_MAX - 1] = 'p';
	text[LINE_EDITOR_MAX] = '\0';
	expect_line(text);
}

/* --- Against a model: strings. --- */

static struct {
	char lines[64][LINE_EDITOR_ROW]; /* the last one is the one in the making */
	uint32_t count;
	uint32_t place;
	bool edited;
	uint32_t cursor;
} model;

static char *model_shown(void)
{
	return model.lines[model.count - 1 - (model.edited ? 0 : model.place)];
}

static void model_own(void)
{
	if (!model.edited && model.place > 0) {
		strcpy(model.lines[model.count - 1], model_shown());
		model.edited = true;
	}
}

static void model_show(uint32_t place)
{
	model.place = place;
	model.edited = false;
	model.cursor = (uint32_t)strlen(model_shown());
}

static void model_submit(void)
{
	char *line = model.lines[model.count - 1];

	model_own();
	if (line[strspn(line, " ")] != '\0' &&
	    (model.count == 1 || strcmp(line, model.lines[model.count - 2]) != 0)) {
		if (model.count == ROWS) {
			memmove(model.lines[0], model.lines[1],
				sizeof(model.lines[0]) * (ROWS - 1));
			model.count--;
		}
		model.count++;
	}
	model.lines[model.count - 1][0] = '\0';
	model_show(0);
}

static void model_take(const char *key)
{
	char *line;

	if (strcmp(key, UP) == 0) {
		if (model.place + 1 < model.count) {
			model_show(model.place + 1);
		}
	} else if (strcmp(key, DOWN) == 0) {
		if (model.place > 0) {
			model_show(model.place - 1);
		}
	} else if (strcmp(key, LEFT) == 0) {
		model.cursor -= model.cursor > 0 ? 1 : 0;
	} else if (strcmp(key, RIGHT) == 0) {
		model.cursor += model_shown()[model.cursor] != '\0' ? 1 : 0;
	} else if (strcmp(key, HOME) == 0) {
		model.cursor = 0;
	} else if (strcmp(key, END) == 0) {
		model.cursor = (uint32_t)strlen(model_shown());
	} else if (strcmp(key, "\r") == 0) {
		model_submit();
	} else if (strcmp(key, "\b") == 0 || strcmp(key, REMOVE) == 0) {
		if (*key == '\b' ? model.cursor > 0 : model_shown()[model.cursor] != '\0') {
			model_own();
			line = model.lines[model.count - 1];
			model.cursor -= *key == '\b' ? 1 : 0;
			memmove(&line[model.cursor], &line[model.cursor + 1],
				strlen(&line[model.cursor]));
		}
	} else if (strlen(model_shown()) < LINE_EDITOR_MAX) {
		model_own();
		line = model.lines[model.count - 1];
		memmove(&line[model.cursor + 1], &line[model.cursor],
			strlen(&line[model.cursor]) + 1);
		line[model.cursor] = *key;
		model.cursor++;
	}
}

/* The terminal shows what the model holds; what a shorter text left behind is blank. */
static void expect_screen(void)
{
	const char *line = model_shown();
	size_t length = strlen(line);

	assert_memory_equal(screen, line, length);
	assert_true(screen[length + strspn(&screen[length], " ")] == '\0');
	assert_int_equal(screen_cursor, model.cursor);
	expect_line(line);
}

static void any_keys(void **state)
{
	static const char *const keys[] = {UP,     UP,   DOWN, LEFT, LEFT, RIGHT, HOME, END,
					   REMOVE, "\b", "\b", "\r", "a",  "b",   " ",  "c",
					   "d",    "e",  "f",  "g",  "h",  "i",   "j",  "k"};
	uint64_t random = 1;

	(void)state;
	memset(&model, 0, sizeof(model));
	model.count = 1;
	for (uint32_t i = 0; i < 200000; i++) {
		/* Sometimes long lines, sometimes many. */
		uint32_t many = i / 5000 % 2 == 0 ? ARRAY_LENGTH(keys) : 14;
		const char *key = keys[fake_random(&random) % many];

		if (*key == '\r' && i / 5000 % 2 == 0 && fake_random(&random) % 8 != 0) {
			continue;
		}
		type(key);
		model_take(key);
		expect_screen();
	}
}

static void any_bytes(void **state)
{
	uint64_t random = 7;

	(void)state;
	for (uint32_t i = 0; i < 200000; i++) {
		uint8_t byte = (uint8_t)(fake_random(&random) >> 8);

		if (fake_random(&random) % 4 == 0) {
			byte = (uint8_t)"\x1b[ABCDHF3~\b\r\n"[byte % 14];
		}
		text_clear(&echo);
		if (line_editor_take(&editor, byte, &echo) == LINE_EDITOR_SUBMITTED) {
			line_editor_next(&editor);
		}
		assert_true(echo.length < LINE_EDITOR_ECHO);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(typed_characters_are_echoed, start),
	    cmocka_unit_test_setup(a_full_line_takes_no_more, start),
	    cmocka_unit_test_setup(what_is_not_printable_is_swallowed, start),
	    cmocka_unit_test_setup(ends_of_lines, start),
	    cmocka_unit_test_setup(echoes, start),
	    cmocka_unit_test_setup(escape_sequences_without_meaning, start),
	    cmocka_unit_test_setup(history, start),
	    cmocka_unit_test_setup(a_recalled_line_is_edited_in_a_copy, start),
	    cmocka_unit_test_setup(oldest_lines_are_forgotten, start),
	    cmocka_unit_test_setup(no_room_for_a_history, start),
	    cmocka_unit_test_setup(words, start),
	    cmocka_unit_test_setup(completion, start),
	    cmocka_unit_test_setup(completion_in_a_full_line, start),
	    cmocka_unit_test_setup(any_keys, start),
	    cmocka_unit_test_setup(any_bytes, start),
	};

	return cmocka_run_group_tests_name("line_editor", tests, NULL, NULL);
}
