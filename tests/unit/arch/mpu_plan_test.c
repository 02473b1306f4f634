/* What arch/armv7m/mpu_plan.c puts into the MPU's registers, against a model of the MPU: exactly what
 * was asked for is accessible, up to the step of the hardware that the break lies in. */

#include <arch/armv7m/mpu_plan.h>
#include <arch/host.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "../kernel/random.h"

enum {
	GRANULE_SMALLEST = 32,
	RANDOM_PLANS = 40000,
	BREAKS = 12
};

struct range {
	uint64_t start, end; /* [start, end) */
};

/* A process's memory: [flash_start, flash_end) and [ram_start, reach). */
struct expected {
	uint64_t flash_start, flash_end;
	uint64_t ram_start, reach;
};

static enum host_access expected_access(const struct expected *expected, uint32_t address)
{
	if (address >= expected->flash_start && address < expected->flash_end) {
		return HOST_ACCESS_READ_EXECUTE;
	}
	if (address >= expected->ram_start && address < expected->reach) {
		return HOST_ACCESS_READ_WRITE;
	}
	return HOST_ACCESS_NONE;
}

/* Between two edges nothing changes, so both sides of every edge, and of every edge expected, tell
 * about all 2^32 addresses. */
static void check(const struct protection *protection, const struct expected *expected)
{
	uint32_t edges[HOST_EDGES_MAX + 4] = {
	    (uint32_t)expected->flash_start, (uint32_t)expected->flash_end,
	    (uint32_t)expected->ram_start, (uint32_t)expected->reach};

	protection_apply(protection, NULL); /* it has them in it */

	uint32_t count = 4 + host_edges(edges + 4);

	for (uint32_t i = 0; i < count; i++) {
		assert_int_equal(host_access(edges[i]), expected_access(expected, edges[i]));
		assert_int_equal(host_access(edges[i] - 1),
				 expected_access(expected, edges[i] - 1));
	}
}

static void check_break(struct protection *protection, struct expected *expected,
			uint32_t app_break)
{
	uint32_t granule = 1u << protection->granule_log2;
	uint32_t reach = protection_reach(protection, app_break);

	assert_true(reach >= app_break);
	assert_true(reach - app_break < granule);
	protection_set_break(protection, app_break);
	expected->reach = reach;
	check(protection, expected);
}

/* Places `size` bytes at or after `from`, then moves the break through them. */
static void check_placement(struct protection *protection, uint32_t from, uint32_t size,
			    struct random *random)
{
	uint32_t start, end;

	assert_true(protection_place_ram(protection, from, size, &start, &end));

	uint32_t granule = 1u << protection->granule_log2;
	struct expected expected = {0x1000, 0x2000, start, start};

	assert_true(start >= from && start - from < granule);
	assert_true(end >= start + size && end - start - size < granule);
	assert_true(granule == GRANULE_SMALLEST || (uint64_t)granule * 9 < 2ull * size);
	assert_int_equal(protection_reach(protection, end), end);
	assert_int_equal(protection_reach(protection, start), start);
	assert_true(protection_set_flash(protection, 0x1000, 0x2000));
	check_break(protection, &expected, start);
	check_break(protection, &expected, end);
	for (uint32_t i = 0; i < BREAKS; i++) {
		check_break(protection, &expected, start + random_below(random, end - start + 1));
	}
}

static void every_small_placement_is_exact(void **state)
{
	struct random random = {1};

	(void)state;
	for (uint32_t from = 0x20000000; from < 0x20000000 + 600; from += 7) {
		for (uint32_t size = 1; size < 1200; size += 13) {
			struct protection protection = {0};

			check_placement(&protection, from, size, &random);
		}
	}
}

static void every_break_of_one_placement_is_exact(void **state)
{
	static const uint32_t sizes[] = {33, 512, 513, 3000};

	(void)state;
	for (uint32_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		struct protection protection = {0};
		uint32_t start, end;

		assert_true(protection_place_ram(&protection, 0x20000164, sizes[i], &start, &end));

		struct expected expected = {0x1000, 0x2000, start, start};

		assert_true(protection_set_flash(&protection, 0x1000, 0x2000));
		for (uint32_t app_break = start; app_break <= end; app_break++) {
			check_break(&protection, &expected, app_break);
		}
		for (uint32_t app_break = end; app_break >= start; app_break--) {
			check_break(&protection, &expected, app_break);
		}
	}
}

static void random_placements_are_exact(void **state)
{
	struct random random = {2};

	(void)state;
	for (uint32_t i = 0; i < RANDOM_PLANS; i++) {
		struct protection protection = {0};
		uint32_t size = 1 + random_next(&random) % (2u << random_below(&random, 26));
		uint32_t from = 0x20000000 + random_below(&random, 0x10000000);

		check_placement(&protection, from, size, &random);
	}
}

/* Blocks one after the other, as the loader places them. */
static void placements_in_a_row_do_not_overlap(void **state)
{
	struct random random = {3};
	uint64_t wasted = 0, wanted = 0;

	(void)state;
	for (uint32_t i = 0; i < 1000; i++) {
		uint32_t free = 0x20002000;

		for (uint32_t j = 0; j < 5; j++) {
			struct protection protection = {0};
			uint32_t size = 600 + random_below(&random, 8000);
			uint32_t start, end;

			assert_true(protection_place_ram(&protection, free, size, &start, &end));
			assert_true(start >= free);
			wasted += end - free - size;
			wanted += size;
			free = end + 504; /* the kernel's part */
		}
	}
	assert_true(wasted * 5 < wanted); /* on average less than a fifth */
}

static void the_end_of_memory_is_not_passed(void **state)
{
	static const uint32_t sizes[] = {1,          32,         33,         100,
					 255,        256,        4096,       0x10000,
					 0x7fffffff, 0x80000000, 0xfffffff0, 0xffffffff};

	(void)state;
	for (uint32_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		for (uint32_t below = 0; below < 600; below++) {
			struct protection protection = {0};
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

static void what_is_too_large_is_refused(void **state)
{
	struct protection protection = {0};
	uint32_t start, end;

	(void)state;
	assert_false(protection_place_ram(&protection, 0x20000000, 0xe0000000, &start, &end));
	assert_false(protection_place_ram(&protection, 1, 0xffffffff, &start, &end));
	assert_false(protection_place_ram(&protection, 0, 0xffffffff, &start, &end));
}

/* A break where the process has none must never look as if it fitted. */
static void a_break_beyond_the_regions_reaches_far(void **state)
{
	struct protection protection = {0};
	uint32_t start, end;

	(void)state;
	assert_true(protection_place_ram(&protection, 0x20000100, 600, &start, &end));

	uint32_t last = protection.ram_base + (16u << protection.granule_log2);

	for (uint32_t beyond = 1; beyond < 5000; beyond += 3) {
		assert_true(protection_reach(&protection, last + beyond) >= last + beyond);
	}
	assert_true(protection_reach(&protection, 0xffffffff) >= 0xffffffff - 63);
}

/* --- Flash --- */

/* Whether any region with sub-regions, up to half of the memory, can express the range: by trying
 * them all. */
static bool range_is_expressible(uint64_t start, uint64_t end)
{
	for (uint32_t log2 = 8; log2 <= 31; log2++) {
		uint64_t region = 1ull << log2;
		uint64_t base = start / region * region;
		uint64_t step = region / 8;

		if (start % step == 0 && end % step == 0 && end <= base + region) {
			return true;
		}
	}
	return false;
}

static void check_flash(uint32_t start, uint32_t end)
{
	struct protection protection = {0};
	uint32_t ram_start, ram_end;

	assert_true(protection_place_ram(&protection, 0xe0000000, 512, &ram_start, &ram_end));
	protection_set_break(&protection, ram_start);

	bool is_possible = protection_set_flash(&protection, start, end);

	assert_int_equal(is_possible, start < end && range_is_expressible(start, end));
	if (is_possible) {
		const struct expected expected = {start, end, ram_start, ram_start};

		check(&protection, &expected);
	}
}

static void flash_is_exact_or_refused(void **state)
{
	struct random random = {4};

	(void)state;
	for (uint32_t start = 0x10000; start < 0x10000 + 1024; start += 16) {
		for (uint32_t size = 0; size < 4096; size += 16) {
			check_flash(start, start + size);
		}
	}
	for (uint32_t i = 0; i < 200000; i++) {
		uint32_t log2 = 5 + random_below(&random, 24);
		uint32_t start = random_below(&random, 0x80000000u >> log2) << log2;

		check_flash(start, start + (random_below(&random, 10) << log2));
	}
}

static void odd_flash_is_refused(void **state)
{
	(void)state;
	check_flash(0, 0);
	check_flash(0x1000, 0x1000);
	check_flash(0x1000, 0xfff);
	check_flash(0x1001, 0x2001);
	check_flash(0, 0x80000000);
	check_flash(0x80000000, 0xc0000000);
	check_flash(0x40000000, 0x80000000);
	check_flash(0xffffff00, 0xffffffe0);
	check_flash(0, 0xffffffff);
	check_flash(0xfffffffe, 0xffffffff);
}

/* --- Shares --- */

/* A process that has flash and almost no RAM. */
static struct expected apply_small_process(void)
{
	struct protection protection = {0};
	uint32_t start, end;

	assert_true(protection_set_flash(&protection, 0x1000, 0x2000));
	assert_true(protection_place_ram(&protection, 0xe0000000, 64, &start, &end));
	protection_set_break(&protection, start);
	protection_apply(&protection, NULL);
	return (struct expected){0x1000, 0x2000, start, start};
}

static enum host_access shared_access(const struct range *ranges, const struct expected *own,
				      uint32_t address)
{
	for (uint32_t i = 0; i < PROTECTION_SHARES; i++) {
		if (address >= ranges[i].start && address < ranges[i].end) {
			return HOST_ACCESS_READ_WRITE;
		}
	}
	return expected_access(own, address);
}

/* A process with one share in each place: what is accessible is the union of its own and these, and
 * a place that is not used lets nothing through, whatever was there before. */
static void check_shares(const struct protection_share shares[PROTECTION_SHARES],
			 const struct range *ranges)
{
	const struct expected own = apply_small_process();
	uint32_t edges[HOST_EDGES_MAX + 2 * PROTECTION_SHARES];
	uint32_t count = 0;

	protection_apply_shares(shares);
	for (uint32_t i = 0; i < PROTECTION_SHARES; i++) {
		edges[count++] = (uint32_t)ranges[i].start;
		edges[count++] = (uint32_t)ranges[i].end;
	}
	count += host_edges(edges + count);
	for (uint32_t i = 0; i < 2 * count; i++) {
		uint32_t address = edges[i / 2] - i % 2;

		assert_int_equal(host_access(address), shared_access(ranges, &own, address));
	}
}

static void check_share(uint32_t start, uint32_t length)
{
	struct protection_share shares[PROTECTION_SHARES] = {0};
	struct range ranges[PROTECTION_SHARES] = {{0}};
	uint64_t end = (uint64_t)start + length;
	uint32_t place = length / 32 % PROTECTION_SHARES;
	bool is_possible = protection_set_share(&shares[place], start, length);

	assert_int_equal(is_possible,
			 length != 0 && end <= UINT32_MAX && range_is_expressible(start, end));
	if (is_possible) {
		ranges[place] = (struct range){start, end};
	} else {
		assert_int_equal(shares[place].region.attributes, 0);
	}
	check_shares(shares, ranges);
}

static void every_small_share_is_exact_or_refused(void **state)
{
	(void)state;
	for (uint32_t start = 0x20001f00; start < 0x20002200; start += 4) {
		for (uint32_t length = 0; length <= 1100; length += length < 132 ? 1 : 4) {
			check_share(start, length);
		}
	}
}

static void shares_of_any_size_are_exact_or_refused(void **state)
{
	struct random random = {5};

	(void)state;
	for (uint32_t i = 0; i < 300000; i++) {
		uint32_t log2 = 5 + random_below(&random, 24);
		uint32_t start = random_below(&random, 0x80000000u >> log2) << log2;

		check_share(start + (random_below(&random, 8) == 0 ? 16 : 0),
			    random_below(&random, 10) << log2);
		check_share(random_next(&random),
			    random_next(&random) >> random_below(&random, 31));
	}
}

static void odd_shares_are_refused(void **state)
{
	(void)state;
	check_share(0x20000000, 0);
	check_share(0x20000000, 0xffffffff);
	check_share(0x20000000, 0xe0000000);
	check_share(0xffffff00, 0x100);
	check_share(0xffffff00, 0x200);
	check_share(0, 0x80000000);
	check_share(0xffffffe0, 0x40);
	for (uint32_t i = 1; i < 64; i++) {
		struct protection_share share;

		assert_int_equal(protection_set_share(&share, 0x20000000 + i, 64), i == 32);
		assert_int_equal(protection_set_share(&share, 0x20000000, i), i == 32);
	}
}

/* The common case: a power of two from 32 on, aligned to itself. */
static void powers_of_two_are_possible(void **state)
{
	(void)state;
	for (uint32_t log2 = 5; log2 <= 28; log2++) {
		struct protection_share share;

		for (uint32_t i = 0; i < 8; i++) {
			assert_true(
			    protection_set_share(&share, 0x20000000 + (i << log2), 1u << log2));
		}
	}
}

static void all_places_at_once(void **state)
{
	struct protection_share shares[PROTECTION_SHARES] = {0};
	struct range ranges[PROTECTION_SHARES] = {{0}};

	(void)state;
	for (uint32_t i = 0; i < PROTECTION_SHARES; i++) {
		uint32_t start = 0x20000000 + 0x140 * i;

		ranges[i] = (struct range){start, start + 0x20 * (1 + i % 2)};
		assert_true(protection_set_share(&shares[i], start, 0x20 * (1 + i % 2)));
		check_shares(shares, ranges);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_small_placement_is_exact),
	    cmocka_unit_test(every_break_of_one_placement_is_exact),
	    cmocka_unit_test(random_placements_are_exact),
	    cmocka_unit_test(placements_in_a_row_do_not_overlap),
	    cmocka_unit_test(the_end_of_memory_is_not_passed),
	    cmocka_unit_test(what_is_too_large_is_refused),
	    cmocka_unit_test(a_break_beyond_the_regions_reaches_far),
	    cmocka_unit_test(flash_is_exact_or_refused),
	    cmocka_unit_test(odd_flash_is_refused),
	    cmocka_unit_test(every_small_share_is_exact_or_refused),
	    cmocka_unit_test(shares_of_any_size_are_exact_or_refused),
	    cmocka_unit_test(odd_shares_are_refused),
	    cmocka_unit_test(powers_of_two_are_possible),
	    cmocka_unit_test(all_places_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
