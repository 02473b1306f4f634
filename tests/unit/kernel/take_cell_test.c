/* Clauses T1 and T2 of kernel/take_cell.h. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <kernel/take_cell.h>
#include <stdbool.h>

struct counter {
	uint32_t count;
};

TAKE_CELL_DEFINE(counter_cell, struct counter);

struct owner {
	struct counter_cell cell;
};

static bool increment(struct owner *self)
{
	TAKE_CELL_WITH(counter_cell, counter, &self->cell) {
		counter->count++;
		return true;
	}
	return false;
}

static void a_return_puts_it_back(void **state)
{
	struct counter counter = {0};
	struct owner owner = {0};

	(void)state;
	counter_cell_put(&owner.cell, &counter);
	assert_true(increment(&owner));
	assert_true(increment(&owner));
	assert_int_equal(counter.count, 2);
}

static void an_empty_cell_skips_the_block(void **state)
{
	struct owner owner = {0};

	(void)state;
	assert_false(increment(&owner));
}

static void inside_the_block_the_cell_is_empty(void **state)
{
	struct counter counter = {0};
	struct owner owner = {0};
	uint32_t blocks = 0;

	(void)state;
	counter_cell_put(&owner.cell, &counter);
	TAKE_CELL_WITH(counter_cell, held, &owner.cell) {
		blocks++;
		assert_ptr_equal(held, &counter);
		assert_false(increment(&owner));
	}
	assert_int_equal(blocks, 1);
	assert_int_equal(counter.count, 0);
	assert_true(increment(&owner));
}

static void break_and_continue_put_it_back(void **state)
{
	struct counter counter = {0};
	struct owner owner = {0};

	(void)state;
	counter_cell_put(&owner.cell, &counter);
	for (int i = 0; i < 4; i++) {
		TAKE_CELL_WITH(counter_cell, held, &owner.cell) {
			held->count++;
			if (i % 2 == 0) {
				break;
			}
			continue;
		}
	}
	assert_int_equal(counter.count, 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_return_puts_it_back),
	    cmocka_unit_test(an_empty_cell_skips_the_block),
	    cmocka_unit_test(inside_the_block_the_cell_is_empty),
	    cmocka_unit_test(break_and_continue_put_it_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
