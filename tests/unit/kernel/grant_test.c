/* Grants: memory for drivers, from the process's own. G1 to G3 are the clauses of kernel/grant.h. */

#include "fixture.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

enum {
	KEPT = 0xdead
};

/* What a grant takes, in multiples of 8: its slots at 8 bytes each, then the driver's struct. */
enum {
	TALKER_BYTES =
	    8 * (TALKER_UPCALLS + TALKER_READ_ONLY + TALKER_READ_WRITE + TALKER_USER_READABLE) +
	    (TALKER_STATE + 7) / 8 * 8,
	LARGE_BYTES =
	    8 * (LARGE_UPCALLS + LARGE_READ_ONLY + LARGE_READ_WRITE) + (LARGE_STATE + 7) / 8 * 8,
};

static void a_grant_is_made_once_and_moves_the_kernel_break(void **state)
{
	static const uint32_t calls[][4] = {{COMMAND, TALKER_COUNT, 0, 0},
					    {SUBSCRIBE, 0, 0, 0},
					    {ALLOW_READ_ONLY, 0, 0, 0},
					    {ALLOW_READ_WRITE, 0, 0, 0}};

	(void)state;
	for (uint32_t i = 0; i < ARRAY_LENGTH(calls); i++) { /* G1: any of them makes it */
		fixture_teardown(NULL);
		fixture_setup(NULL);
		fixture_start_apps(1);

		const struct process *process = RUNNING;
		uint32_t before = process->kernel_break;

		fixture_call(calls[i][0], TALKER, calls[i][1], calls[i][2], calls[i][3]);
		assert_int_equal(process->kernel_break, before - TALKER_BYTES);
		for (uint32_t j = 0; j < ARRAY_LENGTH(calls); j++) {
			fixture_call(calls[j][0], TALKER, calls[j][1], calls[j][2], calls[j][3]);
		}
		assert_int_equal(process->kernel_break, before - TALKER_BYTES);
	}
}

static void nothing_else_makes_a_grant(void **state)
{
	(void)state;
	fixture_start_apps(1);

	const struct process *process = RUNNING;
	uint32_t before = process->kernel_break;

	fixture_call(COMMAND, TALKER, TALKER_EXISTS, 0, 0);
	fixture_call(COMMAND, PLAIN, 0, 0, 0);
	fixture_call(SUBSCRIBE, PLAIN, 0, 0, 0);
	fixture_call(ALLOW_USER_READABLE, TALKER, 9, 0, 0);
	fixture_call(SUBSCRIBE, TALKER, 0, 1, 0);       /* bad pointer */
	fixture_call(ALLOW_READ_ONLY, TALKER, 0, 1, 1); /* bad buffer */
	fixture_call(ALLOW_READ_WRITE, TALKER, 0, 1, 1);
	fixture_call(YIELD, 0, 0, 0, 0);
	assert_int_equal(process->kernel_break, before);
}

static void two_grants_lie_apart(void **state)
{
	(void)state;
	fixture_start_apps(1);

	const struct process *process = RUNNING;
	uint32_t top = process->kernel_break;

	assert_int_equal(top, (uint32_t)(uintptr_t)process);
	fixture_call(SUBSCRIBE, TALKER, 0, process->flash_app, 1);
	fixture_call(SUBSCRIBE, LARGE, 0, process->flash_app, 2);
	fixture_call(ALLOW_READ_WRITE, TALKER, TALKER_READ_WRITE - 1, process->ram_start, 3);
	fixture_call(ALLOW_READ_WRITE, LARGE, 0, process->ram_start, 4);
	assert_int_equal(process->kernel_break, top - TALKER_BYTES - LARGE_BYTES);
	/* The large driver writes all of its struct: nobody else notices. */
	assert_registers(fixture_call(COMMAND, LARGE, 1, KEPT, KEPT), 129, 0, KEPT, KEPT);
	assert_registers(fixture_call(COMMAND, TALKER, TALKER_COUNT, KEPT, KEPT), 129, 1, KEPT,
			 KEPT);
	assert_registers(fixture_call(SUBSCRIBE, TALKER, 0, 0, 0), 130, process->flash_app, 1, 0);
	assert_registers(fixture_call(SUBSCRIBE, LARGE, 0, 0, 0), 130, process->flash_app, 2, 0);
	assert_registers(fixture_call(ALLOW_READ_WRITE, TALKER, TALKER_READ_WRITE - 1, 0, 0), 130,
			 process->ram_start, 3, 0);
	assert_registers(fixture_call(ALLOW_READ_WRITE, LARGE, 0, 0, 0), 130, process->ram_start, 4,
			 0);
}

/* A process with exactly `left` bytes between its reach and its kernel break. */
static struct process *start_with_room(uint32_t left)
{
	fixture_start_apps(1);

	struct process *process = RUNNING;

	assert_registers(fixture_call(MEMOP, 0, process->kernel_break - left, KEPT, KEPT), 128,
			 process->kernel_break - left, KEPT, KEPT);
	return process;
}

static void a_grant_needs_its_last_byte(void **state)
{
	(void)state;

	for (uint32_t short_by = 0; short_by < 3; short_by++) {
		fixture_teardown(NULL);
		fixture_setup(NULL);
		host_set_granules(4, 4);

		const struct process *process = start_with_room(TALKER_BYTES - 4 * short_by);
		uint32_t before = process->kernel_break;

		if (short_by == 0) {
			fixture_call(COMMAND, TALKER, TALKER_COUNT, KEPT, KEPT);
			assert_int_equal(process->kernel_break, process->app_break);
		} else {
			assert_registers(fixture_call(COMMAND, TALKER, TALKER_COUNT, KEPT, KEPT), 0,
					 ERROR_NOMEM, KEPT, KEPT);
			assert_registers(fixture_call(SUBSCRIBE, TALKER, 0, 0, 5), 2, ERROR_NOMEM,
					 0, 5);
			assert_registers(fixture_call(ALLOW_READ_ONLY, TALKER, 0, 0, 0), 2,
					 ERROR_NOMEM, 0, 0);
			assert_registers(
			    fixture_call(ALLOW_READ_WRITE, TALKER, 0, process->ram_start, 4), 2,
			    ERROR_NOMEM, process->ram_start, 4);
			assert_int_equal(process->kernel_break, before);
		}
	}
}

/* Where the hardware's steps are coarse, the memory up to the step is the process's. */
static void a_grant_does_not_go_below_the_reach(void **state)
{
	(void)state;
	host_set_granules(4, 256);

	const struct process *process = start_with_room(TALKER_BYTES);
	uint32_t reach = protection_reach(&process->protection, process->app_break);

	assert_true(reach > process->kernel_break - TALKER_BYTES);
	assert_registers(fixture_call(COMMAND, TALKER, TALKER_COUNT, KEPT, KEPT), 0, ERROR_NOMEM,
			 KEPT, KEPT);
	fixture_call(MEMOP, 1, (uint32_t)-256, 0, 0);
	assert_registers(fixture_call(COMMAND, TALKER, TALKER_COUNT, KEPT, KEPT), 129, 1, KEPT,
			 KEPT);
}

static void the_break_cannot_move_into_a_grant(void **state)
{
	(void)state;
	fixture_start_apps(1);

	const struct process *process = RUNNING;
	uint32_t top = process->kernel_break;

	fixture_call(COMMAND, TALKER, TALKER_COUNT, 0, 0);
	assert_registers(fixture_call(MEMOP, 0, top, KEPT, KEPT), 0, ERROR_NOMEM, KEPT, KEPT);
	assert_registers(fixture_call(MEMOP, 0, top - TALKER_BYTES + 1, KEPT, KEPT), 0, ERROR_NOMEM,
			 KEPT, KEPT);
	assert_registers(fixture_call(MEMOP, 0, top - TALKER_BYTES, KEPT, KEPT), 128,
			 top - TALKER_BYTES, KEPT, KEPT);
}

/* What the process wrote there before is not what the driver finds. */
static void a_grant_starts_as_zeros(void **state)
{
	(void)state;
	fixture_start_apps(1);

	const struct process *process = RUNNING;
	uint32_t top = process->kernel_break;

	fixture_call(MEMOP, 0, top, 0, 0);
	for (uint32_t i = process->ram_start + CONTEXT_START_BYTES; i < top; i++) {
		*fixture_bytes(i) = 0x5a;
	}
	fixture_call(MEMOP, 0, process->ram_start + CONTEXT_START_BYTES, 0, 0);
	assert_registers(fixture_call(COMMAND, LARGE, 0, KEPT, KEPT), 129, 0, KEPT, KEPT);
	assert_registers(fixture_call(SUBSCRIBE, LARGE, 0, 0, 0), 130, 0, 0, 0);
	assert_registers(fixture_call(ALLOW_READ_ONLY, LARGE, 0, 0, 0), 130, 0, 0, 0);
	assert_registers(fixture_call(ALLOW_READ_WRITE, LARGE, 0, 0, 0), 130, 0, 0, 0);
}

static void one_process_s_exhaustion_is_nobody_else_s(void **state)
{
	(void)state;
	fixture_start_apps(2);
	assert_registers(fixture_call(MEMOP, 0, RUNNING->kernel_break, 0, 0), 128,
			 RUNNING->kernel_break, 0, 0);
	assert_registers(fixture_call(COMMAND, TALKER, TALKER_COUNT, 0, 0), 0, ERROR_NOMEM, 0, 0);
	fixture_slice_expires();
	assert_ptr_equal(RUNNING, fixture_process(1));
	assert_registers(fixture_call(COMMAND, TALKER, TALKER_COUNT, 0, 0), 129, 1, 0, 0);
}

static void an_open_grant_does_not_open_again(void **state)
{
	(void)state;
	fixture_start_apps(1);
	assert_registers(fixture_call(COMMAND, TALKER, TALKER_OPEN_TWICE, 0, 0), 129, 0, 0, 0);
	assert_registers(fixture_call(COMMAND, TALKER, TALKER_COUNT, 0, 0), 129, 1, 0, 0);
}

static void every_way_out_of_the_block_closes_it(void **state)
{
	(void)state;
	fixture_start_apps(1);
	for (uint32_t how = 0; how < 4; how++) {
		assert_registers(fixture_call(COMMAND, TALKER, TALKER_LEAVE_EARLY, how, KEPT), 129,
				 how, how, KEPT);
	}
	assert_registers(fixture_call(COMMAND, TALKER, TALKER_COUNT, 0, 0), 129, 5, 0, 0);
}

static void buffers_are_reached_through_the_grant(void **state)
{
	(void)state;
	fixture_start_apps(1);

	uint32_t buffer = RUNNING->ram_start + 8;

	fixture_call(ALLOW_READ_WRITE, TALKER, 3, buffer, 5);
	assert_registers(fixture_call(COMMAND, TALKER, TALKER_FILL, 3, 0x42), 129, 5, 3, 0x42);
	for (uint32_t i = 0; i < 7; i++) {
		assert_int_equal(*fixture_bytes(buffer - 1 + i), i == 0 || i == 6 ? 0 : 0x42);
	}
	fixture_call(ALLOW_READ_ONLY, TALKER, 1, buffer + 1, 2);
	assert_registers(fixture_call(COMMAND, TALKER, TALKER_SUM, 1, 0), 129, 2 * 0x42, 1, 0);
	assert_registers(fixture_call(COMMAND, TALKER, TALKER_SUM, 0, 0), 129, 0, 0, 0);
	/* Slots that do not exist are empty. */
	assert_registers(fixture_call(COMMAND, TALKER, TALKER_SUM, TALKER_READ_ONLY, 0), 129, 0,
			 TALKER_READ_ONLY, 0);
	assert_registers(fixture_call(COMMAND, TALKER, TALKER_SUM, 0xffffffff, 0), 129, 0,
			 0xffffffff, 0);
	assert_registers(fixture_call(COMMAND, TALKER, TALKER_FILL, TALKER_READ_WRITE, 1), 129, 0,
			 TALKER_READ_WRITE, 1);
	fixture_call(ALLOW_READ_WRITE, TALKER, 3, 0, 0); /* taken back */
	assert_registers(fixture_call(COMMAND, TALKER, TALKER_FILL, 3, 0x43), 129, 0, 3, 0x43);
	assert_int_equal(*fixture_bytes(buffer), 0x42);
}

/* An address that was never checked does not reach a driver. */
static void a_driver_sees_no_address_of_an_empty_buffer(void **state)
{
	(void)state;
	fixture_start_apps(1);
	fixture_call(ALLOW_READ_ONLY, TALKER, 0, 0x12345678, 0);
	fixture_call(ALLOW_READ_WRITE, TALKER, 0, 0x12345678, 0);

	struct access_use used = fixture_use_in_block(RUNNING->id);

	assert_int_equal(used.readable, 0);
	assert_int_equal(used.readable_at, 0);
	assert_int_equal(used.writeable, 0);
	assert_int_equal(used.writeable_at, 0);
}

/* G2: what a restart, an exit or a fault leaves to old identities. */
static void a_dead_life_opens_nothing(void **state)
{
	(void)state;
	fixture_start_apps(1);

	struct process *process = RUNNING;
	struct process_id old = process->id;

	fixture_call(SUBSCRIBE, TALKER, 0, process->flash_app, 9);
	fixture_call(COMMAND, TALKER, TALKER_COUNT, 0, 0);
	fixture_call(EXIT, 1, 0, 0, 0);
	assert_ptr_equal(RUNNING, process);
	assert_false(process_id_equal(old, process->id));
	assert_false(fixture_grant_opens(old));
	assert_int_equal(fixture_event(old, 0, 1, 2, 3), ERROR_NODEVICE);
	assert_int_equal(process->queue_length, 0);
	assert_int_equal(process->kernel_break, (uint32_t)(uintptr_t)process);
	/* The new life has a grant of its own, from the start. */
	assert_registers(fixture_call(COMMAND, TALKER, TALKER_COUNT, 0, 0), 129, 1, 0, 0);
	assert_registers(fixture_call(SUBSCRIBE, TALKER, 0, 0, 0), 130, 0, 0, 0);
	assert_true(fixture_grant_opens(process->id));
	fixture_call(EXIT, 0, 0, 0, 0);
	assert_false(fixture_grant_opens(process->id));
}

static void a_faulted_process_s_grants_stay_shut(void **state)
{
	(void)state;
	fixture_start_apps(1);

	struct process_id id = RUNNING->id;
	uint32_t slots[FIXTURE_SLOTS];

	fixture_call(COMMAND, TALKER, TALKER_COUNT, 0, 0);
	assert_int_equal(fixture_each_talker(slots, 0), 1);
	fixture_fault(FAULT_READ);
	assert_false(fixture_grant_opens(id));
	assert_int_equal(fixture_each_talker(slots, 0), 0);
}

static void made_up_identities_open_nothing(void **state)
{
	(void)state;
	fixture_start_apps(1);

	const uint32_t ids[] = {
	    0, 0xff, FIXTURE_SLOTS, 0x100 | FIXTURE_SLOTS, 0x1ff, 1, 2, 0x101, 0xffffffff, 0x200};

	for (uint32_t i = 0; i < ARRAY_LENGTH(ids); i++) {
		assert_false(fixture_grant_opens((struct process_id){ids[i]}));
	}
	assert_true(fixture_grant_opens((struct process_id){0x100}));
}

static void assert_useless(struct access_use used)
{
	assert_int_equal(used.scheduled, ERROR_NODEVICE);
	assert_int_equal(used.readable, 0);
	assert_int_equal(used.writeable, 0);
}

static void an_access_is_good_for_its_block_only(void **state)
{
	(void)state;
	fixture_start_apps(1);

	const struct process *process = RUNNING;
	uint32_t start = process->ram_start;

	fixture_call(SUBSCRIBE, TALKER, 0, process->flash_app, 0);
	fixture_call(ALLOW_READ_ONLY, TALKER, 0, start, 5);
	fixture_call(ALLOW_READ_WRITE, TALKER, 0, start, 6);

	struct access_use used = fixture_use_in_block(process->id);

	assert_int_equal(used.scheduled, ERROR_NONE);
	assert_int_equal(used.readable, 5);
	assert_int_equal(used.readable_at, start);
	assert_int_equal(used.writeable, 6);
	assert_int_equal(used.writeable_at, start);
	assert_useless(fixture_use_after_block(process->id));
	assert_int_equal(process->queue_length, 1);
	assert_useless(fixture_use_after_restart(process->id));
	fixture_next();
	assert_int_equal(process->queue_length, 0);
	/* The new life is not marked by the block of the old one. */
	assert_true(fixture_grant_opens(process->id));
	assert_true(fixture_grant_opens(process->id));
	kernel_next();
	kernel_next();
	assert_int_equal(fixture_use_after_fault(process->id).scheduled, ERROR_NODEVICE);
	assert_int_equal(process->queue_length, 0);
}

/* GRANT_EACH: those that have it, in the order of the table, however a block is left. */
static void each_visits_those_who_have_the_grant(void **state)
{
	uint32_t slots[FIXTURE_SLOTS] = {0};

	(void)state;
	fixture_start_apps(4);
	assert_int_equal(fixture_each_talker(slots, 0), 0);
	assert_true(fixture_grant_opens(fixture_process(3)->id));
	assert_true(fixture_grant_opens(fixture_process(1)->id));
	for (uint32_t how = 0; how < 3; how++) {
		assert_int_equal(fixture_each_talker(slots, how), 2);
		assert_int_equal(slots[0], 1);
		assert_int_equal(slots[1], 3);
	}
	assert_int_equal(fixture_each_talker(slots, 3), 1);
	assert_int_equal(fixture_each_talker(slots, 0), 2); /* all were closed */
	assert_int_equal(kernel_next() != NULL, true);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    FIXTURE_TEST(a_grant_is_made_once_and_moves_the_kernel_break),
	    FIXTURE_TEST(nothing_else_makes_a_grant),
	    FIXTURE_TEST(two_grants_lie_apart),
	    FIXTURE_TEST(a_grant_needs_its_last_byte),
	    FIXTURE_TEST(a_grant_does_not_go_below_the_reach),
	    FIXTURE_TEST(the_break_cannot_move_into_a_grant),
	    FIXTURE_TEST(a_grant_starts_as_zeros),
	    FIXTURE_TEST(one_process_s_exhaustion_is_nobody_else_s),
	    FIXTURE_TEST(an_open_grant_does_not_open_again),
	    FIXTURE_TEST(every_way_out_of_the_block_closes_it),
	    FIXTURE_TEST(buffers_are_reached_through_the_grant),
	    FIXTURE_TEST(a_driver_sees_no_address_of_an_empty_buffer),
	    FIXTURE_TEST(a_dead_life_opens_nothing),
	    FIXTURE_TEST(a_faulted_process_s_grants_stay_shut),
	    FIXTURE_TEST(made_up_identities_open_nothing),
	    FIXTURE_TEST(an_access_is_good_for_its_block_only),
	    FIXTURE_TEST(each_visits_those_who_have_the_grant),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
