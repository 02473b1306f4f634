/* What arch/rv32/pmp.c writes into the PMP, against a model of the PMP. */

#include "rv32_host.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../kernel/random.h"

enum {
	GRANULE = 4,
	PLANS = 60000
};

static void check_access(uint32_t address, uint32_t start, uint32_t end, uint32_t ram_start,
			 uint32_t reach)
{
	enum host_access expected = HOST_ACCESS_NONE;

	if (address >= start && address < end) {
		expected = HOST_ACCESS_READ_EXECUTE;
	} else if (address >= ram_start && address < reach) {
		expected = HOST_ACCESS_READ_WRITE;
	}
	assert_int_equal(host_access(address), expected);
}

static void check_applied(uint32_t start, uint32_t end, uint32_t ram_start, uint32_t reach)
{
	uint32_t edges[PMP_EDGES_MAX + 4] = {start, end, ram_start, reach};
	uint32_t count = 4 + pmp_edges(&rv32_host_pmp, edges + 4);

	for (uint32_t i = 0; i < count; i++) {
		check_access(edges[i], start, end, ram_start, reach);
		check_access(edges[i] - 1, start, end, ram_start, reach);
	}
}

static void apply(const struct protection *protection, uint32_t flash_start, uint32_t flash_end,
		  uint32_t ram_start, uint32_t app_break)
{
	const uint32_t bounds[PROCESS_BOUNDS] = {
	    [BOUND_FLASH_START] = flash_start,
	    [BOUND_FLASH_END] = flash_end,
	    [BOUND_RAM_START] = ram_start,
	    [BOUND_APP_BREAK] = app_break,
	};

	protection_apply(protection, bounds);
}

static void check_plan(uint32_t flash, uint32_t flash_size, uint32_t from, uint32_t size,
		       struct random *random)
{
	struct protection protection = {};
	uint32_t start, end;

	assert_true(protection_set_flash(&protection, flash, flash + flash_size));
	assert_true(protection_place_ram(&protection, from, size, &start, &end));
	assert_true(start >= from && start - from < GRANULE);
	assert_true(end >= start + size && end - start - size < GRANULE);
	apply(&protection, flash, flash + flash_size, start, start); /* nothing of the RAM yet */
	check_applied(flash, flash + flash_size, start, start);

	const uint32_t breaks[] = {start, end, start + size, start + 1,
				   start + random_below(random, size + 1)};

	for (uint32_t i = 0; i < sizeof(breaks) / sizeof(breaks[0]); i++) {
		uint32_t reach = protection_reach(&protection, breaks[i]);

		assert_true(reach >= breaks[i] && reach - breaks[i] < GRANULE);
		protection_set_break(&protection, breaks[i]);
		apply(&protection, flash, flash + flash_size, start, breaks[i]);
		check_applied(flash, flash + flash_size, start, reach);
	}
}

static void random_plans_are_exact(void **state)
{
	struct random random = {1};

	(void)state;
	for (uint32_t i = 0; i < PLANS; i++) {
		uint32_t flash = 0x80100000 + random_below(&random, 0x40000) * GRANULE;
		uint32_t flash_size = GRANULE + random_below(&random, 0x10000) * GRANULE;
		uint32_t from = 0x80210000 + random_below(&random, 0x600000);
		uint32_t size = 1 + random_next(&random) % (2u << random_below(&random, 20));

		check_plan(flash, flash_size, from, size, &random);
	}
}

static void misaligned_or_empty_flash_is_refused(void **state)
{
	struct protection protection = {};

	(void)state;
	for (uint32_t low = 0; low < 8; low++) {
		for (uint32_t high = 0; high < 16; high++) {
			bool is_right = low % 4 == 0 && high % 4 == 0 && low < high;

			assert_int_equal(
			    protection_set_flash(&protection, 0x80100000 + low, 0x80100000 + high),
			    is_right);
		}
	}
	assert_false(protection_set_flash(&protection, 0x80200000, 0x80100000));
}

static void the_end_of_memory_is_not_passed(void **state)
{
	static const uint32_t sizes[] = {1, 4, 5, 100, 0x7fffffff, 0xfffffff0, 0xffffffff};

	(void)state;
	for (uint32_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		for (uint32_t below = 0; below < 200; below++) {
			struct protection protection = {};
			uint32_t from = 0xffffffff - below;
			uint32_t start = 0, end = 0;

			if (protection_place_ram(&protection, from, sizes[i], &start, &end)) {
				assert_true(start >= from);
				assert_true(end >= start);
				assert_true(end - start >= sizes[i]);
			}
		}
	}
}

/* One process's entries leave nothing of another's behind. */
static void a_switch_leaves_nothing_behind(void **state)
{
	struct protection large = {}, small = {};
	uint32_t start, end, small_start, small_end;

	(void)state;
	assert_true(protection_set_flash(&large, 0x80100000, 0x80180000));
	assert_true(protection_place_ram(&large, 0x80300000, 0x80000, &start, &end));
	protection_set_break(&large, end);
	apply(&large, 0x80100000, 0x80180000, start, end);
	assert_true(protection_set_flash(&small, 0x80180000, 0x80180010));
	assert_true(protection_place_ram(&small, end + 0x100, 0x10, &small_start, &small_end));
	apply(&small, 0x80180000, 0x80180010, small_start, small_start);
	check_applied(0x80180000, 0x80180010, small_start, small_start);
	check_access(0x80100000, 0x80180000, 0x80180010, 0, 0);
	check_access(0x80300000, 0x80180000, 0x80180010, 0, 0);
}

/* --- Shares --- */

/* Only the shares are accessible, of the process whose flash is [start, end). */
static void check_shares(const struct protection_share shares[PROTECTION_SHARES],
			 const uint64_t (*ranges)[2])
{
	uint32_t edges[PMP_EDGES_MAX + 2 * PROTECTION_SHARES];
	uint32_t count = 0;

	protection_apply_shares(shares);
	for (uint32_t i = 0; i < PROTECTION_SHARES; i++) {
		edges[count++] = (uint32_t)ranges[i][0];
		edges[count++] = (uint32_t)ranges[i][1];
	}
	count += pmp_edges(&rv32_host_pmp, edges + count);
	for (uint32_t i = 0; i < 2 * count; i++) {
		uint32_t address = edges[i / 2] - i % 2;
		bool is_flash = address >= 0x80100000 && address < 0x80100010;
		enum host_access expected = is_flash ? HOST_ACCESS_READ_EXECUTE : HOST_ACCESS_NONE;

		for (uint32_t j = 0; j < PROTECTION_SHARES; j++) {
			if (address >= ranges[j][0] && address < ranges[j][1]) {
				expected = HOST_ACCESS_READ_WRITE;
			}
		}
		assert_int_equal(host_access(address), expected);
	}
}

static void apply_small_process(void)
{
	struct protection protection = {};
	uint32_t start, end;

	assert_true(protection_set_flash(&protection, 0x80100000, 0x80100010));
	assert_true(protection_place_ram(&protection, 0xc0000000, 16, &start, &end));
	apply(&protection, 0x80100000, 0x80100010, start, start);
}

/* Right or refused, in each place, whatever the others hold. */
static void shares_are_exact_or_refused(void **state)
{
	struct protection_share shares[PROTECTION_SHARES] = {0};
	uint64_t ranges[PROTECTION_SHARES][2] = {{0}};
	struct random random = {2};

	(void)state;
	apply_small_process();
	for (uint32_t i = 0; i < PLANS; i++) {
		uint32_t place = random_below(&random, PROTECTION_SHARES);
		uint32_t start = 0x80300000 + random_below(&random, 4000);
		uint32_t length = random_below(&random, 300);
		bool is_right = start % GRANULE == 0 && length % GRANULE == 0 && length != 0;

		if (random_below(&random, 4) != 0) {
			start = start & ~3u;
			length = length & ~3u;
			is_right = length != 0;
		}
		if (random_below(&random, 8) == 0) {
			shares[place] = (struct protection_share){0};
			ranges[place][0] = ranges[place][1] = 0;
		}
		assert_int_equal(protection_set_share(&shares[place], start, length), is_right);
		if (is_right) {
			ranges[place][0] = start;
			ranges[place][1] = (uint64_t)start + length;
		}
		check_shares(shares, (const uint64_t(*)[2])ranges);
	}
}

static void shares_beyond_memory_are_refused(void **state)
{
	struct protection_share share = {0};

	(void)state;
	assert_false(protection_set_share(&share, 0x80000000, 0x80000004));
	assert_false(protection_set_share(&share, 0xfffffff0, 0x20));
	assert_false(protection_set_share(&share, 4, 0xfffffffc));
	assert_false(protection_set_share(&share, 0x80000000, 0));
	assert_int_equal(share.end, 0);
}

/* Not an empty range that ends at 0, which QEMU 7.2 takes for all of memory: off. */
static void places_that_are_not_used_are_off(void **state)
{
	const struct protection_share none[PROTECTION_SHARES] = {0};
	const struct protection_share one[PROTECTION_SHARES] = {
	    [2] = {0x80300000u >> 2, 0x80300040u >> 2}};

	(void)state;
	protection_apply_shares(one);
	assert_int_equal(rv32_host_pmp.configuration[1], 0);
	assert_int_equal(rv32_host_pmp.configuration[2], 0x0b00);
	assert_int_equal(rv32_host_pmp.configuration[3], 0);
	protection_apply_shares(none);
	assert_int_equal(rv32_host_pmp.configuration[2], 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(random_plans_are_exact),
	    cmocka_unit_test(misaligned_or_empty_flash_is_refused),
	    cmocka_unit_test(the_end_of_memory_is_not_passed),
	    cmocka_unit_test(a_switch_leaves_nothing_behind),
	    cmocka_unit_test(shares_are_exact_or_refused),
	    cmocka_unit_test(shares_beyond_memory_are_refused),
	    cmocka_unit_test(places_that_are_not_used_are_off),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
