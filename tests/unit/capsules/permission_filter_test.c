/* Random lists of permissions, against a lookup that keeps them as they were made. */

#include "fake_kernel.h"
#include <capsules/permission_filter.h>
#include <stdlib.h>
#include <string.h>

enum {
	ENTRIES = 6
};

struct entry {
	uint32_t driver, group;
	uint64_t mask;
};

static struct permission_filter filter;
static struct entry entries[ENTRIES];
static uint32_t count;
static uint8_t bytes[2 + 16 * ENTRIES];

static const uint32_t numbers[] = {0, 1, 2, 0x10000, 0x80000001, UINT32_MAX};

static void put(uint32_t at, uint64_t value, uint32_t length)
{
	for (uint32_t i = 0; i < length; i++) {
		bytes[at + i] = (uint8_t)(value >> 8 * i);
	}
}

static void write_list(void)
{
	put(0, count, 2);
	for (uint32_t i = 0; i < count; i++) {
		put(2 + 16 * i, entries[i].driver, 4);
		put(6 + 16 * i, entries[i].group, 4);
		put(10 + 16 * i, entries[i].mask, 8);
	}
}

static enum error_code check(uint32_t driver, uint32_t number, bool is_command)
{
	/* A copy of just its length, so that a byte too far is seen. */
	uint32_t length = 2 + 16 * count;
	uint8_t *copy = malloc(length);
	const struct filtered_call call = {
	    .driver = driver, .number = number, .is_command = is_command};

	memcpy(copy, bytes, length);

	enum error_code error =
	    system_call_filter_check(&filter.filter, (struct read_span){copy, length}, &call);

	free(copy);
	return error;
}

/* P1 to P3. */
static enum error_code expected(uint32_t driver, uint32_t number, bool is_command)
{
	bool is_listed = false;
	const struct entry *first = NULL;

	for (uint32_t i = count; i-- > 0;) {
		is_listed |= entries[i].driver == driver;
		if (entries[i].driver == driver && entries[i].group == number / 64) {
			first = &entries[i];
		}
	}
	if (is_command) {
		return first != NULL && (first->mask >> (number % 64) & 1) != 0 ? ERROR_NONE
										: ERROR_NODEVICE;
	}
	return is_listed ? ERROR_NONE : ERROR_NODEVICE;
}

static uint64_t source = 1;

static uint32_t any_number(void)
{
	return numbers[fake_random(&source) % ARRAY_LENGTH(numbers)];
}

static void random_lists_are_kept(void **state)
{
	uint32_t allowed = 0, refused = 0;

	(void)state;
	permission_filter_init(&filter);
	for (uint32_t round = 0; round < 40000; round++) {
		count = fake_random(&source) % (ENTRIES + 1);
		for (uint32_t i = 0; i < count; i++) {
			entries[i].driver = any_number();
			entries[i].group = any_number() / 64;
			entries[i].mask =
			    (uint64_t)fake_random(&source) << 32 | fake_random(&source);
		}
		write_list();

		uint32_t driver = any_number();
		uint32_t number = any_number() + fake_random(&source) % 64;
		bool is_command = fake_random(&source) % 3 != 0;
		enum error_code answer = check(driver, number, is_command);

		assert_int_equal(answer, expected(driver, number, is_command));
		allowed += answer == ERROR_NONE;
		refused += answer == ERROR_NODEVICE;
	}
	assert_true(allowed > 5000 && refused > 5000);
}

static void each_bit_is_its_own_command(void **state)
{
	(void)state;
	permission_filter_init(&filter);
	count = 2;
	entries[1] = (struct entry){7, 3, UINT64_MAX};
	for (uint32_t bit = 0; bit < 64; bit++) {
		entries[0] = (struct entry){1, 2, (uint64_t)1 << bit};
		write_list();
		for (uint32_t number = 0; number < 256; number++) {
			assert_int_equal(check(1, number, true),
					 number == 128 + bit ? ERROR_NONE : ERROR_NODEVICE);
		}
		assert_int_equal(check(1, 255, false), ERROR_NONE);
		assert_int_equal(check(2, 0, false), ERROR_NODEVICE);
	}
}

static void an_empty_list_allows_nothing(void **state)
{
	(void)state;
	permission_filter_init(&filter);
	count = 0;
	write_list();
	for (uint32_t i = 0; i < ARRAY_LENGTH(numbers); i++) {
		assert_int_equal(check(numbers[i], 0, true), ERROR_NODEVICE);
		assert_int_equal(check(numbers[i], 0, false), ERROR_NODEVICE);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(random_lists_are_kept),
	    cmocka_unit_test(each_bit_is_its_own_command),
	    cmocka_unit_test(an_empty_list_allows_nothing),
	};

	return cmocka_run_group_tests_name("permission_filter", tests, NULL, NULL);
}
