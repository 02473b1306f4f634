/* Text building: clauses T1 and T2. */

#include "fake_kernel.h"
#include <capsules/text.h>
#include <string.h>

enum {
	SIZE = 24
};

static uint8_t bytes[SIZE];
static struct text text;

static int start(void **state)
{
	struct buffer buffer = BUFFER_OVER(bytes);

	(void)state;
	memset(bytes, '#', sizeof(bytes));
	text_restart(&text, &buffer);
	assert_true(buffer_is_empty(&buffer));
	return 0;
}

static void expect(const char *expected)
{
	assert_int_equal(text.length, strlen(expected));
	assert_memory_equal(bytes, expected, text.length);
	text_clear(&text);
}

static void adds_text(void **state)
{
	(void)state;
	text_add(&text, SPAN_OF_TEXT("abc"));
	text_add(&text, SPAN_OF_TEXT(""));
	text_add_char(&text, '!');
	text_add(&text, SPAN_OF_TEXT("de"));
	expect("abc!de");
}

static void adds_hex(void **state)
{
	static const struct {
		uint32_t value;
		const char *shortest, *padded;
	} cases[] = {
	    {0, "0", "00000000"},
	    {0xf, "f", "0000000f"},
	    {0x10, "10", "00000010"},
	    {0x89abcdef, "89abcdef", "89abcdef"},
	    {0xffffffff, "ffffffff", "ffffffff"},
	    {0x00a0b0c0, "a0b0c0", "00a0b0c0"},
	};

	(void)state;
	for (uint32_t i = 0; i < ARRAY_LENGTH(cases); i++) {
		text_add_hex(&text, cases[i].value);
		expect(cases[i].shortest);
		text_add_hex_padded(&text, cases[i].value);
		expect(cases[i].padded);
	}
}

static void adds_decimal(void **state)
{
	static const struct {
		uint32_t value;
		const char *expected;
	} cases[] = {
	    {0, "0"},
	    {9, "9"},
	    {10, "10"},
	    {105, "105"},
	    {1000000000, "1000000000"},
	    {999999999, "999999999"},
	    {65536, "65536"},
	    {UINT32_MAX, "4294967295"},
	};

	(void)state;
	for (uint32_t i = 0; i < ARRAY_LENGTH(cases); i++) {
		text_add_decimal(&text, cases[i].value);
		expect(cases[i].expected);
	}
}

static void formats(void **state)
{
	static const struct text_numbers numbers = {4, {7, 0xabc, UINT32_MAX, 1000}};
	struct read_span name = SPAN_OF_TEXT("a\x1b name");
	static const struct {
		const char *format, *expected;
	} cases[] = {
	    {"", ""},
	    {"words", "words"},
	    {"{} of {}", "7 of 2748"},
	    {"{c} {} {a} {}", "4294967295 1000 7 2748"},
	    {"{x} {x} {cx}", "0x7 0xabc 0xffffffff"},
	    {"{w}{w}", "0000000700000abc"},
	    {"[{3}][{b3}]", "[  7][2748]"},
	    {"[{d10}][{d12}]", "[      1000][      1000]"},
	    {"{z3}.{z3}", "007.2748"},
	    {"<{n24}>{}", "<a? name>7"},
	    {"<{n3}>{n0}", "<a? >"},
	    {"a{t4}b{t2}c{t7}", "a   bc "},
	    {"{e}{m}{d}{}", "??1000?"},
	    {"a } b {", "a } b "},
	};

	(void)state;
	for (uint32_t i = 0; i < ARRAY_LENGTH(cases); i++) {
		struct read_span format = {(const uint8_t *)cases[i].format,
					   (uint32_t)strlen(cases[i].format)};

		text_format(&text, format, name, &numbers);
		expect(cases[i].expected);
	}
	text_format_1(&text, SPAN_OF_TEXT("{}{}"), 5);
	expect("5?");
	text_format_3(&text, SPAN_OF_TEXT("{}{x}{}"), 5, 6, 7);
	expect("50x67");
}

/* No literal of ours says that; and it does no harm. */
static void damaged_formats_do_no_harm(void **state)
{
	static const struct text_numbers beyond = {UINT32_MAX, {1}};
	char format[3] = "{ }";
	struct read_span span = {(const uint8_t *)format, sizeof(format)};

	(void)state;
	for (uint32_t byte = 0; byte < 256; byte++) {
		format[1] = (char)byte;
		text_format(&text, span, SPAN_OF_TEXT("name"), &beyond);
		text_clear(&text);
	}
	text_format(&text, SPAN_OF_TEXT("{99999999999999999999}{t4294967295}{n4294967295}{m}{}"),
		    SPAN_OF_TEXT("name"), &beyond);
	assert_int_equal(text.length, SIZE);
}

static void fills_to_a_column(void **state)
{
	(void)state;
	text_add(&text, SPAN_OF_TEXT("ab"));
	text_fill_to(&text, 5, '.');
	text_fill_to(&text, 3, '-');
	text_fill_to(&text, 5, '-');
	text_add_char(&text, 'c');
	expect("ab...c");
}

static void foreign_text_is_made_harmless(void **state)
{
	static const char name[] = "a\x1b[2J\r\n\x7f\x80\xff ~";
	struct read_span span = SPAN_OF_TEXT("");

	(void)state;
	span.private_bytes = (const uint8_t *)name;
	span.private_length = sizeof(name); /* the terminating 0, too */
	text_add_foreign(&text, span, 100);
	expect("a?[2J????? ~?");
	text_add_foreign(&text, span, 4);
	expect("a?[2");
	text_add_foreign(&text, span, 0);
	expect("");
}

static void overflow_is_cut(void **state)
{
	(void)state;
	text_add(&text, SPAN_OF_TEXT("0123456789012345678"));
	text_add_hex_padded(&text, 0x12345678);
	text_add_decimal(&text, 99);
	text_add_char(&text, 'x');
	text_fill_to(&text, 1000, 'y');
	expect("012345678901234567812345");
}

static void line_end_always_fits(void **state)
{
	(void)state;
	text_add(&text, SPAN_OF_TEXT("ab"));
	text_end_line(&text);
	expect("ab\r\n");
	text_add(&text, SPAN_OF_TEXT("0123456789012345678901"));
	text_end_line(&text);
	expect("0123456789012345678901\r\n");
	text_fill_to(&text, SIZE - 1, 'x');
	text_end_line(&text);
	expect("xxxxxxxxxxxxxxxxxxxxxx\r\n");
	text_fill_to(&text, SIZE, 'x');
	text_end_line(&text);
	expect("xxxxxxxxxxxxxxxxxxxxxx\r\n");
}

static void text_without_buffer_has_no_room(void **state)
{
	(void)state;

	struct buffer away = buffer_take(&text.buffer);

	text_clear(&text);
	text_add(&text, SPAN_OF_TEXT("abc"));
	text_add_hex(&text, 1);
	text_end_line(&text);
	assert_int_equal(text.length, 0);
	text_restart(&text, &away);
	text_add_char(&text, 'z');
	expect("z");
}

static void restart_begins_anew(void **state)
{
	(void)state;
	text_add(&text, SPAN_OF_TEXT("abc"));

	struct buffer buffer = buffer_take(&text.buffer);

	text_restart(&text, &buffer);
	text_add_char(&text, 'z');
	expect("z");
}

static void tiny_buffer_gets_what_fits(void **state)
{
	struct buffer tiny = {bytes, 1};

	(void)state;
	text_restart(&text, &tiny);
	text_add(&text, SPAN_OF_TEXT("abc"));
	text_end_line(&text);
	expect("\r");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(adds_text, start),
	    cmocka_unit_test_setup(adds_hex, start),
	    cmocka_unit_test_setup(adds_decimal, start),
	    cmocka_unit_test_setup(formats, start),
	    cmocka_unit_test_setup(damaged_formats_do_no_harm, start),
	    cmocka_unit_test_setup(fills_to_a_column, start),
	    cmocka_unit_test_setup(foreign_text_is_made_harmless, start),
	    cmocka_unit_test_setup(overflow_is_cut, start),
	    cmocka_unit_test_setup(line_end_always_fits, start),
	    cmocka_unit_test_setup(text_without_buffer_has_no_room, start),
	    cmocka_unit_test_setup(restart_begins_anew, start),
	    cmocka_unit_test_setup(tiny_buffer_gets_what_fits, start),
	};

	return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
