/* One line for every outcome of loading. */

#include "fake_kernel.h"
#include <capsules/load_line.h>
#include <stdio.h>
#include <string.h>

static uint8_t bytes[160];
static struct text line;

static const char *words(enum load_outcome outcome, uint32_t detail, uint32_t detail_found)
{
	struct buffer buffer = BUFFER_OVER(bytes);
	struct load_result result = {
	    .outcome = outcome,
	    .flash_start = 0x14000,
	    .detail = detail,
	    .detail_found = detail_found,
	    .name = SPAN_OF_TEXT("hello"),
	};

	text_restart(&line, &buffer);
	load_line_add(&line, &result);
	assert_true(line.length <= 140);
	bytes[line.length] = '\0';
	return (const char *)bytes;
}

#define START "application hello at 0x00014000 not started: "

static void started_and_padding_are_silent(void **state)
{
	(void)state;
	assert_string_equal(words(LOAD_STARTED, 1, 2), "");
	assert_string_equal(words(LOAD_PADDING, 1, 2), "");
}

/* Numbers are given in all cases: the kernel may leave some that mean nothing. */
static void every_reason_has_its_words(void **state)
{
	(void)state;
	assert_string_equal(words(LOAD_DISABLED, 1, 2), START "it is disabled");
	assert_string_equal(words(LOAD_BAD_LENGTHS, 1000, 16),
			    START "a header of 1000 bytes does not go with a total size of 16");
	assert_string_equal(words(LOAD_BAD_CHECKSUM, 1, 2),
			    START "its header has a wrong checksum");
	assert_string_equal(words(LOAD_BAD_TLV, 1, 2),
			    START "an element of its header is malformed");
	assert_string_equal(words(LOAD_NO_PROGRAM, 1, 2), START "its header names no program");
	assert_string_equal(words(LOAD_BAD_ENTRY, 1, 2),
			    START "its entry point is outside its program");
	assert_string_equal(words(LOAD_BAD_REGION, 1, 2),
			    START "a writeable flash region is outside its program");
	assert_string_equal(words(LOAD_NO_KERNEL_VERSION, 1, 2),
			    START "it does not say which kernel it needs");
	assert_string_equal(words(LOAD_WRONG_KERNEL_VERSION, 2 << 16 | 10, 2 << 16 | 3),
			    START "it needs kernel version 2.10, this is 2.3");
	assert_string_equal(words(LOAD_WRONG_FLASH_ADDRESS, 0x10080, 0x14080),
			    START "it is linked for flash at 0x00010080 but lies at 0x00014080");
	assert_string_equal(words(LOAD_WRONG_RAM_ADDRESS, 0x20002000, 0x20004000),
			    START "it is linked for RAM at 0x20002000, "
				  "free and usable is RAM from 0x20004000");
	assert_string_equal(words(LOAD_NO_CREDENTIAL, 1, 2),
			    START "it has no credential that counts here");
	assert_string_equal(words(LOAD_SHORT_ID_TAKEN, 0x1234, 0x18000),
			    START "its short id 0x00001234 goes to the application at 0x00018000");
	assert_string_equal(words(LOAD_FLASH_UNPROTECTABLE, 1, 2),
			    START "flash of its size cannot be protected at its address");
	assert_string_equal(words(LOAD_NO_RAM, 65536, 8192),
			    START "it wants 65536 bytes of RAM, 8192 are left");
	assert_string_equal(words(LOAD_NO_SLOT, 1, 2),
			    START "there are too many; the rest is not looked at");
	assert_string_equal(words(LOAD_BEYOND_FLASH, 999999, 4096),
			    START "it takes 999999 bytes of flash, 4096 are left; "
				  "the list ends here");
	assert_string_equal(words(LOAD_ENDLESS, 1, 2),
			    START "its total size is 0; the list ends here");
}

static void credentials_have_names(void **state)
{
	static const char *const names[] = {"Reserved", "RSA-3072", "RSA-4096",   "SHA-256",
					    "SHA-384",  "SHA-512",  "ECDSA P-256"};
	char expected[160];

	(void)state;
	for (uint32_t format = 0; format < ARRAY_LENGTH(names); format++) {
		sprintf(expected, START "its credential %s does not match", names[format]);
		assert_string_equal(words(LOAD_WRONG_CREDENTIAL, format, 2), expected);
	}
	assert_string_equal(words(LOAD_WRONG_CREDENTIAL, 7, 2),
			    START "its credential of format 7 does not match");
	assert_string_equal(words(LOAD_WRONG_CREDENTIAL, UINT32_MAX, 2),
			    START "its credential of format 4294967295 does not match");
}

static void unknown_reasons_do_not_trap(void **state)
{
	(void)state;
	assert_string_equal(words(LOAD_ENDLESS + 1, 0, 0), START "the reason has no words");
	assert_string_equal(words(0x7fffffff, 0, 0), START "the reason has no words");
}

static void names_may_be_missing_long_or_hostile(void **state)
{
	struct buffer buffer = BUFFER_OVER(bytes);
	struct load_result result = {.outcome = LOAD_DISABLED};

	(void)state;
	text_restart(&line, &buffer);
	load_line_add(&line, &result);
	text_add_char(&line, '\0');
	assert_string_equal((char *)bytes, "application at 0x00000000 not started: it is disabled");
	text_clear(&line);
	result.name = SPAN_OF_TEXT("0123456789012345678901\x1b[J and more");
	load_line_add(&line, &result);
	text_add_char(&line, '\0');
	assert_string_equal((char *)bytes, "application 0123456789012345678901?[ at 0x00000000 "
					   "not started: it is disabled");
}

static void longest_line_fits(void **state)
{
	struct buffer buffer = BUFFER_OVER(bytes);
	struct load_result result = {
	    .outcome = LOAD_WRONG_RAM_ADDRESS,
	    .name = SPAN_OF_TEXT("012345678901234567890123456789"),
	};

	(void)state;
	for (uint32_t outcome = LOAD_STARTED; outcome <= LOAD_ENDLESS + 1; outcome++) {
		result.outcome = outcome;
		result.detail = result.detail_found = UINT32_MAX;
		text_restart(&line, &buffer);
		load_line_add(&line, &result);
		assert_true(line.length <= 140);
		buffer = buffer_take(&line.buffer);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(started_and_padding_are_silent),
	    cmocka_unit_test(every_reason_has_its_words),
	    cmocka_unit_test(credentials_have_names),
	    cmocka_unit_test(unknown_reasons_do_not_trap),
	    cmocka_unit_test(names_may_be_missing_long_or_hostile),
	    cmocka_unit_test(longest_line_fits),
	};

	return cmocka_run_group_tests_name("load_line", tests, NULL, NULL);
}
