/* What a process can reach, for every way that a small memory can be divided, and for random ways to divide
 * a real one: what the MPU or PMP permits, by the hardware's own rules (pmsav7.c, pmp_entries.c), is exactly
 * what the kernel believes. Compiled for each architecture; a step is the smallest that its hardware makes.
 *
 * "Exactly" is about all 2^32 addresses: between two edges of the hardware's regions nothing changes, so
 * both sides of every edge are asked, and of every edge that the kernel believes in. In the small memory
 * every byte is asked as well, which is also a check of the edges.
 *
 * A placement is looked at once, however many ways lead to it: the functions see nothing but their
 * struct. */

#include <arch/host.h>
#include <kernel/process.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "../kernel/random.h"

enum {
	STEPS = 128,      /* in the small memory */
	BYTE_STEPS = 24,  /* in one where every byte is asked */
	BREAK_STEPS = 14, /* in one where the kernel's break is moved as well */
	RANDOM = 1000000,
	RANDOM_BREAKS = 4,
	RANDOM_SHARES = 400000,
	SHARE_STEPS = 40, /* in a memory where buffers of others are everywhere */
	PLANS_MAX = 60000,
	SMALL = 0x20000000, /* where the small memories are */
	SMALL_BYTES = 0x4000,
};

/* kernel.c has them. */
struct kernel kernel;
uint32_t kernel_attention;

/* What the kernel believes. */
struct belief {
	uint32_t flash_start, flash_end;
	uint32_t ram_start, ram_end; /* of the whole range placed */
	struct range {
		uint32_t start, end;
	} shared[PROTECTION_SHARES]; /* buffers of others; both 0: none */
	struct protection protection;
};

static uint64_t asked; /* reachable sets that were compared */

static uint32_t step;

/* The hardware's smallest step. */
static int step_find(void **state)
{
	struct protection protection = {};
	uint32_t start, end;

	(void)state;
	assert_true(protection_place_ram(&protection, SMALL, 1, &start, &end));
	step = end - start;
	protection_apply_shares((const struct protection_share[PROTECTION_SHARES]){0});
	host_map(SMALL, SMALL_BYTES);
	return 0;
}

static void print_count(const char *what, uint64_t plans)
{
	printf("counted: %s: %llu placements, %llu reachable sets\n", what,
	       (unsigned long long)plans, (unsigned long long)asked);
	asked = 0;
}

/* --- One reachable set --- */

static enum host_access believed(const struct belief *belief, uint32_t reach, uint32_t address)
{
	if (address >= belief->flash_start && address < belief->flash_end) {
		return HOST_ACCESS_READ_EXECUTE;
	}
	if (address >= belief->ram_start && address < reach) {
		return HOST_ACCESS_READ_WRITE;
	}
	for (int i = 0; i < PROTECTION_SHARES; i++) {
		if (address >= belief->shared[i].start && address < belief->shared[i].end) {
			return HOST_ACCESS_READ_WRITE;
		}
	}
	return HOST_ACCESS_NONE;
}

static void ask(const struct belief *belief, uint32_t reach, uint32_t address)
{
	if (host_access(address) != believed(belief, reach, address)) {
		fail_msg("0x%08x: flash [0x%x, 0x%x), RAM [0x%x, 0x%x)", address,
			 belief->flash_start, belief->flash_end, belief->ram_start, reach);
	}
}

static void ask_everywhere(const struct belief *belief, uint32_t reach)
{
	uint32_t edges[HOST_EDGES_MAX + 4 + 2 * PROTECTION_SHARES] = {
	    belief->flash_start, belief->flash_end, belief->ram_start, reach};
	uint32_t count = 4;

	for (int i = 0; i < PROTECTION_SHARES; i++) {
		edges[count++] = belief->shared[i].start;
		edges[count++] = belief->shared[i].end;
	}
	count += host_edges(edges + count);
	for (uint32_t i = 0; i < count; i++) {
		ask(belief, reach, edges[i]);
		ask(belief, reach, edges[i] - 1);
	}
	asked++;
}

static void ask_each_byte(const struct belief *belief, uint32_t reach)
{
	for (uint32_t at = SMALL - 4 * step; at < SMALL + 3 * BYTE_STEPS * step; at++) {
		ask(belief, reach, at);
	}
}

/* Writes the hardware, after protection_set_break(). */
static void apply(const struct belief *belief, uint32_t app_break)
{
	const uint32_t bounds[PROCESS_BOUNDS] = {
	    [BOUND_FLASH_START] = belief->flash_start,
	    [BOUND_FLASH_END] = belief->flash_end,
	    [BOUND_RAM_START] = belief->ram_start,
	    [BOUND_APP_BREAK] = app_break,
	};

	protection_apply(&belief->protection, bounds);
}

/* --- Every break of one placement --- */

/* The reach is at the break or less than a step of this placement behind it, never falls as the break
 * rises, and never leaves the placement. */
static uint32_t reach_check(const struct belief *belief, uint32_t app_break, uint32_t before)
{
	uint32_t reach = protection_reach(&belief->protection, app_break);

	assert_true(reach >= app_break && reach >= before && reach <= belief->ram_end);
	/* At or above the break, and no lower break has a reach between the two. */
	assert_true(before >= reach || before < app_break);
	return reach;
}

/* Breaks with the same reach make the same plan, so that one of them stands for all: of the others only the
 * reach is asked. */
static void every_break(struct belief *belief, bool each_byte)
{
	struct protection first = {};
	uint32_t last = 0;

	for (uint32_t app_break = belief->ram_start; app_break <= belief->ram_end; app_break++) {
		uint32_t reach = reach_check(belief, app_break, last);

		protection_set_break(&belief->protection, app_break);
		apply(belief, app_break);
		if (reach == last) {
			assert_memory_equal(&first, &belief->protection, sizeof(first));
			ask(belief, reach, reach - 1);
			ask(belief, reach, reach);
			continue;
		}
		first = belief->protection;
		last = reach;
		ask_everywhere(belief, reach);
		if (each_byte) {
			ask_each_byte(belief, reach);
		}
	}
	assert_int_equal(last, belief->ram_end);
}

/* --- The small memory --- */

/* Placements seen, by a sum of their bytes. */
static struct belief plans[PLANS_MAX];
static uint64_t plan_count;

static bool plan_is_new(const struct belief *plan)
{
	uint32_t sum = 2166136261u;

	for (uint32_t i = 0; i < sizeof(*plan); i++) {
		sum = (sum ^ ((const uint8_t *)plan)[i]) * 16777619u;
	}
	for (uint32_t i = sum % PLANS_MAX;; i = (i + 1) % PLANS_MAX) {
		if (plans[i].ram_start == 0) {
			plans[i] = *plan;
			plan_count++;
			assert_true(plan_count < PLANS_MAX / 2);
			return true;
		}
		if (memcmp(&plans[i], plan, sizeof(*plan)) == 0) {
			return false;
		}
	}
}

static void plans_forget(void)
{
	memset(plans, 0, sizeof(plans));
	plan_count = 0;
}

/* Fills in where `size` bytes from `from` on are placed. */
static struct belief plan_make(uint32_t from, uint32_t size)
{
	struct belief plan = {0};

	assert_true(
	    protection_place_ram(&plan.protection, from, size, &plan.ram_start, &plan.ram_end));
	assert_true(plan.ram_start >= from);
	assert_true(plan.ram_end - plan.ram_start >= size);
	return plan;
}

/* Gives the placement this flash too, if the hardware can. */
static bool flash_put(struct belief *plan, uint32_t start, uint32_t end)
{
	plan->flash_start = start;
	plan->flash_end = end;
	return protection_set_flash(&plan->protection, start, end);
}

/* With flash far away, right below the RAM and right above it. */
static void placement_check(const struct belief *plan, bool each_byte)
{
	const uint32_t flash[] = {SMALL / 2, plan->ram_start - step, plan->ram_end};

	for (uint32_t i = 0; i < sizeof(flash) / sizeof(flash[0]); i++) {
		struct belief belief = *plan;

		assert_true(flash_put(&belief, flash[i], flash[i] + step));
		every_break(&belief, each_byte);
	}
}

static void every_placement(uint32_t steps, bool each_byte)
{
	plans_forget();
	for (uint32_t from = SMALL; from < SMALL + steps * step; from++) {
		for (uint32_t size = 1; size <= steps * step; size++) {
			struct belief plan = plan_make(from, size);

			if (plan_is_new(&plan)) {
				placement_check(&plan, each_byte);
			}
		}
	}
}

static void every_placement_and_break_is_exact(void **state)
{
	(void)state;
	every_placement(STEPS, false);
	print_count("small memory", plan_count);
}

static void every_byte_is_as_its_edges_say(void **state)
{
	(void)state;
	every_placement(BYTE_STEPS, true);
	print_count("every byte", plan_count);
}

/* All ranges of the small memory, each byte a start and an end: those that can be had are exact. */
static void every_flash_is_exact_or_refused(void **state)
{
	struct belief plan = plan_make(2 * SMALL, 3 * step);
	uint64_t count = 0;

	(void)state;
	protection_set_break(&plan.protection, plan.ram_start + 1);

	uint32_t reach = protection_reach(&plan.protection, plan.ram_start + 1);

	for (uint32_t start = SMALL; start < SMALL + STEPS * step; start++) {
		for (uint32_t end = SMALL; end <= SMALL + STEPS * step; end++) {
			if (!flash_put(&plan, start, end)) {
				assert_false(start % step == 0 && end == start + step);
				continue;
			}
			assert_true(start < end);
			count++;
			apply(&plan, plan.ram_start + 1);
			ask_everywhere(&plan, reach);
		}
	}
	print_count("flash in the small memory", count);
}

/* --- Buffers of others --- */

static void apply_with_shares(const struct belief *belief, uint32_t reach,
			      const struct protection_share shares[PROTECTION_SHARES])
{
	apply(belief, reach);
	protection_apply_shares(shares);
	ask_everywhere(belief, reach);
}

/* All ranges of the small memory, in every place: also those that touch the process's own RAM, or lie in it. */
static void every_share_is_exact_or_refused(void **state)
{
	struct belief plan = plan_make(SMALL + SHARE_STEPS * step / 2, 3 * step);
	uint32_t place = 0;
	uint64_t count = 0;

	(void)state;
	assert_true(flash_put(&plan, SMALL / 2, SMALL / 2 + step));
	protection_set_break(&plan.protection, plan.ram_start + step + 1);

	uint32_t reach = protection_reach(&plan.protection, plan.ram_start + step + 1);

	for (uint32_t start = SMALL; start < SMALL + SHARE_STEPS * step; start++) {
		for (uint32_t length = 0; length <= SHARE_STEPS * step; length++) {
			struct protection_share shares[PROTECTION_SHARES] = {0};

			if (!protection_set_share(&shares[place], start, length)) {
				assert_false(start % step == 0 && length == step);
				continue;
			}
			memset(plan.shared, 0, sizeof(plan.shared));
			plan.shared[place] = (struct range){start, start + length};
			apply_with_shares(&plan, reach, shares);
			place = (place + 1) % PROTECTION_SHARES;
			count++;
		}
	}
	memset(plan.shared, 0, sizeof(plan.shared));
	apply_with_shares(&plan, reach, (const struct protection_share[PROTECTION_SHARES]){0});
	print_count("shares in the small memory", count);
}

/* Five at a time, of all magnitudes, some of them none, each time others. */
static void random_shares_are_exact(void **state)
{
	struct random random = {2};

	(void)state;
	for (uint32_t i = 0; i < RANDOM_SHARES; i++) {
		struct protection_share shares[PROTECTION_SHARES] = {0};
		struct belief plan = plan_make(2u * SMALL + random_below(&random, SMALL), 0x1000);

		assert_true(flash_put(&plan, SMALL / 2, SMALL / 2 + step));
		for (int j = 0; j < PROTECTION_SHARES; j++) {
			uint32_t log2 = 5 + random_below(&random, 20);
			uint32_t start =
			    2u * SMALL + (random_below(&random, SMALL >> log2) << log2);
			uint32_t length = random_below(&random, 4) << log2;

			if (protection_set_share(&shares[j], start, length)) {
				plan.shared[j] = (struct range){start, start + length};
			}
		}
		protection_set_break(&plan.protection, plan.ram_end);
		apply_with_shares(&plan, plan.ram_end, shares);
	}
	protection_apply_shares((const struct protection_share[PROTECTION_SHARES]){0});
	print_count("random shares", RANDOM_SHARES);
}

/* --- The kernel on top: a break moves where the invariant holds behind it, and nowhere else --- */

static void break_try(struct process *process, struct belief *belief, uint32_t app_break)
{
	uint32_t before = process->app_break;
	uint32_t reach = protection_reach(&belief->protection, app_break);
	bool may = app_break >= process->shared_end && app_break <= process->kernel_break &&
		   reach <= process->kernel_break;

	assert_int_equal(memory_set_break(process, app_break), may);
	assert_int_equal(process->app_break, may ? app_break : before);
	protection_apply(&process->protection, process->bounds);
	ask_everywhere(belief, protection_reach(&process->protection, process->app_break));
	assert_true(process->app_break <= process->kernel_break);
}

static void every_break_of(struct belief *belief, uint32_t kernel_break, uint32_t shared)
{
	struct process process = {
	    .protection = belief->protection,
	    .flash_start = belief->flash_start,
	    .flash_end = belief->flash_end,
	    .ram_start = belief->ram_start,
	    .app_break = belief->ram_start,
	    .shared_end = belief->ram_start + shared,
	    .kernel_break = kernel_break,
	};

	if (!memory_set_break(&process, process.shared_end)) {
		return; /* no buffer could have been shared there */
	}
	for (uint32_t to = belief->ram_start - 1; to <= belief->ram_end + 1; to++) {
		break_try(&process, belief, to);
	}
	break_try(&process, belief, 0);
	break_try(&process, belief, UINT32_MAX);
	break_try(&process, belief, process.shared_end);
}

static void every_break_keeps_the_invariant(void **state)
{
	(void)state;
	plans_forget();
	for (uint32_t from = SMALL; from < SMALL + BREAK_STEPS * step; from += step) {
		for (uint32_t size = 1; size <= BREAK_STEPS * step; size += step / 2) {
			struct belief plan = plan_make(from, size);

			if (!plan_is_new(&plan)) {
				continue;
			}
			assert_true(flash_put(&plan, SMALL / 2, SMALL / 2 + step));
			for (uint32_t at = plan.ram_start; at <= plan.ram_end; at += step / 4 * 3) {
				every_break_of(&plan, at, 0);
				every_break_of(&plan, at, size / 2);
			}
		}
	}
	print_count("breaks through the kernel", plan_count);
}

/* --- A real memory --- */

/* Sizes of all magnitudes. */
static uint32_t random_size(struct random *random)
{
	return 1 + random_next(random) % (2u << random_below(random, 27));
}

static void random_flash(struct belief *plan, struct random *random)
{
	uint32_t start, end;

	do {
		uint32_t log2 = 5 + random_below(random, 20);

		start = random_below(random, SMALL >> log2) << log2;
		end = start + ((1 + random_below(random, 8)) << log2);
	} while (!flash_put(plan, start, end));
}

/* What the one before had is gone: it was another one each time. */
static void random_placements_are_exact(void **state)
{
	struct random random = {1};

	(void)state;
	for (uint32_t i = 0; i < RANDOM; i++) {
		uint32_t from = 2u * SMALL + random_below(&random, SMALL);
		struct belief plan = plan_make(from, random_size(&random));
		uint32_t bytes = plan.ram_end - plan.ram_start;

		random_flash(&plan, &random);
		for (uint32_t j = 0; j < RANDOM_BREAKS; j++) {
			uint32_t app_break =
			    plan.ram_start + (j == 0 ? bytes : random_below(&random, bytes));
			uint32_t reach = reach_check(&plan, app_break, 0);

			protection_set_break(&plan.protection, app_break);
			apply(&plan, app_break);
			ask_everywhere(&plan, reach);
		}
	}
	print_count("random", RANDOM);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_placement_and_break_is_exact),
	    cmocka_unit_test(every_byte_is_as_its_edges_say),
	    cmocka_unit_test(every_flash_is_exact_or_refused),
	    cmocka_unit_test(every_break_keeps_the_invariant),
	    cmocka_unit_test(every_share_is_exact_or_refused),
	    cmocka_unit_test(random_placements_are_exact),
	    cmocka_unit_test(random_shares_are_exact),
	};

	return cmocka_run_group_tests(tests, step_find, NULL);
}
