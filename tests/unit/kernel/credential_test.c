/* Credentials behind a program: which ones the checker is asked about, what it is fed, and what its
 * answers lead to. */

#include "fixture.h"
#include "random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

enum {
	SIZE = 0x3000,
	END = 0x2000, /* of the program */
	WANTED = 3,   /* the format that the checker reads the bytes for */
};

static const struct image program = {
    .name = "app", .minimum_ram = 64, .total_size = SIZE, .binary_end = END};

static uint8_t *flash;
static uint32_t footers_end;

static void begin(void)
{
	fixture_teardown(NULL);
	fixture_setup(NULL);
	flash = fixture_bytes(fixture_image(&program));
	footers_end = END;
	fixture.checker.begin[WANTED] = CREDENTIAL_READ;
	fixture.checker.finish = CREDENTIAL_REJECT;
	fixture.checker.good_first = 'g';
}

static void add(uint32_t format, uint32_t length, uint8_t fill)
{
	footers_end = image_write_credential(flash, footers_end, format, length, fill);
}

static const struct load_result *load(void)
{
	fixture_start();
	assert_int_equal(fixture.load_count, 1);
	return &fixture.loads[0];
}

static void without_credentials_the_requirement_decides(void **state)
{
	(void)state;
	begin();
	assert_int_equal(load()->outcome, LOAD_STARTED);
	begin();
	fixture.checker.is_required = true;
	assert_int_equal(load()->outcome, LOAD_NO_CREDENTIAL);
	assert_int_equal(fixture.checker.begins, 0);
	assert_null(fixture.processes[0]);
}

static void the_checker_sees_all_bytes_and_the_data(void **state)
{
	static const uint32_t ends[] = {0x80, 1023, 1024, 1025, 2048, 2999, END, SIZE - 40};

	(void)state;
	for (uint32_t i = 0; i < ARRAY_LENGTH(ends); i++) {
		struct image image = program;

		begin();
		image.binary_end = ends[i];
		image_write(flash, &image);
		footers_end = ends[i];
		add(WANTED, 32, 'g');
		fixture.checker.is_required = true;
		assert_int_equal(load()->outcome, LOAD_STARTED);
		assert_int_equal(fixture.checker.fed_from, FIXTURE_FLASH);
		assert_int_equal(fixture.checker.fed_end, FIXTURE_FLASH + ends[i]);
		assert_int_equal(fixture.checker.data, FIXTURE_FLASH + ends[i] + 8);
		assert_int_equal(fixture.checker.data_length, 32);
	}
}

static void a_wrong_one_is_told_with_its_format(void **state)
{
	(void)state;
	begin();
	add(0, 100, 0);
	add(WANTED, 32, 'b');
	add(WANTED, 32, 'g');

	const struct load_result *result = load();

	assert_int_equal(result->outcome, LOAD_WRONG_CREDENTIAL);
	assert_int_equal(result->detail, WANTED);
	assert_int_equal(fixture.checker.finishes, 1);
	assert_null(fixture.processes[0]);
}

static void an_answer_by_the_format_alone_needs_no_bytes(void **state)
{
	(void)state;
	begin();
	fixture.checker.begin[5] = CREDENTIAL_ACCEPT;
	fixture.checker.is_required = true;
	add(5, 64, 'b');
	assert_int_equal(load()->outcome, LOAD_STARTED);
	assert_int_equal(fixture.checker.finishes, 0);
	assert_int_equal(fixture.checker.fed_from, 0);
	begin();
	fixture.checker.begin[5] = CREDENTIAL_REJECT;
	add(5, 64, 'g');
	assert_int_equal(load()->outcome, LOAD_WRONG_CREDENTIAL);
	assert_int_equal(fixture.checker.fed_from, 0);
}

/* A checker that asks for bytes when it has had them is wrong, and nothing is loaded on its word. */
static void reading_twice_is_no_answer(void **state)
{
	(void)state;
	begin();
	fixture.checker.finish = CREDENTIAL_READ;
	add(WANTED, 32, 'b');
	assert_int_equal(load()->outcome, LOAD_WRONG_CREDENTIAL);
}

/* An application that would not be loaded anyway is not asked about. */
static void only_what_could_run_is_asked_about(void **state)
{
	struct image images[] = {program, program, program, program};

	(void)state;
	images[0].disabled = true;
	images[1].kernel_version = 0x30000;
	images[2].fixed_flash = 0x1234;
	images[3].wrong_checksum = 1;
	for (uint32_t i = 0; i < ARRAY_LENGTH(images); i++) {
		begin();
		image_write(flash, &images[i]);
		add(WANTED, 32, 'g');
		assert_int_not_equal(load()->outcome, LOAD_STARTED);
		assert_int_equal(fixture.checker.begins, 0);
	}
}

/* Main has no end of its own, so there is no room for footers. */
static void main_alone_has_no_footers(void **state)
{
	struct image image = program;

	(void)state;
	begin();
	image.main_only = true;
	image_write(flash, &image);
	add(WANTED, 32, 'g');
	fixture.checker.is_required = true;
	assert_int_equal(load()->outcome, LOAD_NO_CREDENTIAL);
	assert_int_equal(fixture.checker.begins, 0);
}

/* --- Any bytes as footers, against rules written anew --- */

/* What the walk finds: formats, and what comes of it. */
struct expected {
	uint32_t formats[16];
	uint32_t count;
	enum load_outcome outcome;
};

static struct expected expect(void)
{
	struct expected expected = {.outcome = LOAD_NO_CREDENTIAL};
	uint64_t at = END;

	while (at + 8 <= SIZE && expected.count < 16) {
		uint64_t type = image_u16(flash + at), length = image_u16(flash + at + 2);
		uint32_t format = image_u32(flash + at + 4);

		if (type != 128 || length < 4 || at + 4 + (length + 3) / 4 * 4 > SIZE) {
			return expected;
		}
		expected.formats[expected.count++] = format;
		if (format == WANTED) {
			bool is_good = length > 4 && flash[at + 8] == 'g';

			expected.outcome = is_good ? LOAD_STARTED : LOAD_WRONG_CREDENTIAL;
			return expected;
		}
		at += 4 + (length + 3) / 4 * 4;
	}
	return expected;
}

static void compose(struct random *source)
{
	uint32_t wild = random_below(source, 4);

	for (uint32_t i = random_below(source, 9); i > 0 && footers_end < SIZE - 800; i--) {
		uint32_t format = random_below(source, 8) == 0 ? WANTED : random_below(source, 7);

		add(format, random_below(source, 700), random_below(source, 3) == 0 ? 'b' : 'g');
	}
	if (random_below(source, 5) == 0) { /* of any length, and more behind */
		image_put_u16(flash + footers_end, 128);
		image_put_u16(flash + footers_end + 2, random_below(source, 8));
		footers_end += 8;
		add(random_below(source, 7), 32, 'g');
	}
	for (uint32_t i = 0; i < wild; i++) {
		uint32_t at = END + random_below(source, footers_end - END + 8) / 2 * 2;

		image_put_u16(flash + at, random_below(source, 2) == 0 ? random_below(source, 200)
								       : random_next(source));
	}
	if (random_below(source, 4) == 0) { /* right up to the end */
		uint32_t left = SIZE - footers_end - 8;

		add(random_below(source, 7), left - 4 + random_below(source, 9), 'g');
	}
}

static void any_footers_are_walked_by_the_rules(void **state)
{
	struct random source = {3};
	uint32_t seen[3] = {0};

	(void)state;
	for (uint32_t i = 0; i < 3000; i++) {
		begin();
		fixture.checker.is_required = true;
		compose(&source);

		struct expected expected = expect();
		const struct load_result *result = load();

		assert_int_equal(result->outcome, expected.outcome);
		assert_int_equal(fixture.checker.begins, expected.count);
		for (uint32_t j = 0; j < expected.count; j++) {
			assert_int_equal(fixture.checker.formats[j], expected.formats[j]);
		}
		seen[expected.outcome == LOAD_STARTED         ? 0
		     : expected.outcome == LOAD_NO_CREDENTIAL ? 1
							      : 2]++;
	}
	assert_true(seen[0] > 300 && seen[1] > 300 && seen[2] > 300);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    FIXTURE_TEST(without_credentials_the_requirement_decides),
	    FIXTURE_TEST(the_checker_sees_all_bytes_and_the_data),
	    FIXTURE_TEST(a_wrong_one_is_told_with_its_format),
	    FIXTURE_TEST(an_answer_by_the_format_alone_needs_no_bytes),
	    FIXTURE_TEST(reading_twice_is_no_answer),
	    FIXTURE_TEST(only_what_could_run_is_asked_about),
	    FIXTURE_TEST(main_alone_has_no_footers),
	    FIXTURE_TEST(any_footers_are_walked_by_the_rules),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
