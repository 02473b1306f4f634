/* The end of the heap against the break, at random. */

#include "fake_kernel.h"

#include <heap.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum {
	GIVEN = 256, /* APP_HEAP */
	LIMIT = 4096,
	STEPS = 100000,
};

/* What app.ld defines: _heap_end is the break that a process starts with. */
uint8_t _heap_start[LIMIT];
__asm__(".globl _heap_end\n\t.set _heap_end, _heap_start + 256");

static uint32_t start_of_heap(void)
{
	return (uint32_t)(uintptr_t)_heap_start;
}

static void test_random_steps(void **state)
{
	uint32_t used = 0;
	uint32_t refused = 0;

	(void)state;
	fake_random_seed(3);
	for (uint32_t i = 0; i < STEPS; i++) {
		int32_t step = (int32_t)(fake_random() % 1200) - 580;
		int64_t wanted = (int64_t)used + step;
		void *got = heap_extend(step);

		if (wanted < 0 || wanted > LIMIT) {
			assert_null(got);
			refused++;
		} else {
			assert_int_equal((uint32_t)(uintptr_t)got, start_of_heap() + used);
			used = (uint32_t)wanted;
		}
		assert_int_equal(heap_used(), used);
		assert_int_equal(heap_room(), LIMIT - used);
		assert_true(fake_kernel.app_break >= start_of_heap() + used);
		assert_true(fake_kernel.app_break >= start_of_heap() + GIVEN);
	}
	assert_in_range(refused, STEPS / 100, STEPS - STEPS / 100);
}

static void test_extremes(void **state)
{
	uint32_t used = heap_used();

	(void)state;
	assert_null(heap_extend(INT32_MAX));
	assert_null(heap_extend(INT32_MIN));
	assert_int_equal(heap_used(), used);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_random_steps),
	    cmocka_unit_test(test_extremes),
	};

	fake_kernel_reset(0);
	fake_kernel.app_break = start_of_heap() + GIVEN;
	fake_kernel.break_limit = start_of_heap() + LIMIT;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
