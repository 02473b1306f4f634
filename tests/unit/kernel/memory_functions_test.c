/* The kernel's memset, memcpy, memmove and memcmp, compiled under other names, at every alignment
 * and small length, with bytes around them that must stay. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

void *kernel_memset(void *to, int byte, size_t size);
void *kernel_memcpy(void *restrict to, const void *restrict from, size_t size);
void *kernel_memmove(void *to, const void *from, size_t size);
int kernel_memcmp(const void *a, const void *b, size_t size);

enum {
	ROOM = 64,
	LENGTHS = 24,
	ALIGNMENTS = 8
};

static _Alignas(8) uint8_t actual[ROOM];
static uint8_t expected[ROOM];
static _Alignas(8) uint8_t source[ROOM];

static void fill(void)
{
	for (uint8_t i = 0; i < ROOM; i++) {
		source[i] = (uint8_t)(i * 7 + 1);
		actual[i] = (uint8_t)(200 - i);
		expected[i] = (uint8_t)(200 - i);
	}
}

static void memset_sets_exactly_its_bytes(void **state)
{
	(void)state;
	for (size_t at = 0; at < ALIGNMENTS; at++) {
		for (size_t size = 0; size < LENGTHS; size++) {
			fill();
			for (size_t i = 0; i < size; i++) {
				expected[at + i] = 0xc3;
			}
			assert_ptr_equal(kernel_memset(actual + at, 0x1c3, size), actual + at);
			assert_memory_equal(actual, expected, ROOM);
		}
	}
}

static void memcpy_copies_exactly_its_bytes(void **state)
{
	(void)state;
	for (size_t at = 0; at < ALIGNMENTS; at++) {
		for (size_t from = 0; from < ALIGNMENTS; from++) {
			for (size_t size = 0; size < LENGTHS; size++) {
				fill();
				for (size_t i = 0; i < size; i++) {
					expected[at + i] = source[from + i];
				}
				assert_ptr_equal(kernel_memcpy(actual + at, source + from, size),
						 actual + at);
				assert_memory_equal(actual, expected, ROOM);
			}
		}
	}
}

static void memmove_copies_as_if_all_at_once(void **state)
{
	(void)state;
	for (size_t at = 0; at < LENGTHS; at++) {
		for (size_t from = 0; from < LENGTHS; from++) {
			for (size_t size = 0; size < LENGTHS; size++) {
				fill();
				for (size_t i = 0; i < size; i++) {
					expected[at + i] = (uint8_t)(200 - (from + i));
				}
				assert_ptr_equal(kernel_memmove(actual + at, actual + from, size),
						 actual + at);
				assert_memory_equal(actual, expected, ROOM);
			}
		}
	}
}

static void memcmp_tells_the_first_difference(void **state)
{
	(void)state;
	fill();
	assert_int_equal(kernel_memcmp(actual, expected, ROOM), 0);
	assert_int_equal(kernel_memcmp(actual, source, 0), 0);
	for (size_t i = 0; i < ROOM; i++) {
		expected[i] = (uint8_t)(actual[i] - 1);
		assert_true(kernel_memcmp(actual, expected, ROOM) > 0);
		assert_true(kernel_memcmp(expected, actual, ROOM) < 0);
		assert_int_equal(kernel_memcmp(actual, expected, i), 0);
		expected[i] = actual[i];
	}
	actual[0] = 0x80; /* bytes are unsigned */
	expected[0] = 0x7f;
	assert_true(kernel_memcmp(actual, expected, 1) > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(memset_sets_exactly_its_bytes),
	    cmocka_unit_test(memcpy_copies_exactly_its_bytes),
	    cmocka_unit_test(memmove_copies_as_if_all_at_once),
	    cmocka_unit_test(memcmp_tells_the_first_difference),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
