/* Buffers of one process that another reaches. Clauses S1.. are those of kernel/share.h. */

#include "fixture.h"

#include <kernel/process_control.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

enum {
	NO_WAIT,
	WAIT,
	WAIT_FOR
};

enum {
	LENGTH = 64,
	FUNCTION = 0x10, /* from flash_app: upcall n is FUNCTION * (n + 1) */
	NOTIFIED = 1,    /* the upcall used below */
	SLOT = 2,        /* and the read-write slot */
	NOBODY = 3,      /* an empty slot of the process table */
	OUTSIDE = 0x30000000,
};

static const struct process_control_capability control;

static uint32_t buffer_of(uint32_t slot)
{
	return (fixture_process(slot)->ram_start + 0x1ff) & ~0xffu;
}

static uint32_t function_of(uint32_t slot, uint32_t number)
{
	return fixture_process(slot)->flash_app + FUNCTION * (number + 1);
}

/* Lets everybody else have their turn until it is this process's. */
static void turn_to(uint32_t slot)
{
	for (uint32_t i = 0; i < FIXTURE_SLOTS && RUNNING != fixture_process(slot); i++) {
		fixture_slice_expires();
	}
	assert_ptr_equal(RUNNING, fixture_process(slot));
}

/* Three processes, each with some memory and all functions subscribed; 0 runs. */
static void start(void)
{
	fixture_start_apps(3);
	for (uint32_t slot = 0; slot < 3; slot++) {
		turn_to(slot);
		fixture_call(MEMOP, 0, RUNNING->ram_start + 0x600, 0, 0);
		for (uint32_t number = 0; number < TALKER_UPCALLS; number++) {
			fixture_call(SUBSCRIBE, TALKER, number, function_of(slot, number), slot);
		}
	}
	turn_to(0);
}

static struct registers notify(uint32_t receiver)
{
	return fixture_call(COMMAND, TALKER, TALKER_NOTIFY,
			    TALKER_NOTIFICATION(receiver, SLOT, NOTIFIED), 0);
}

static void expect_success(struct registers result)
{
	assert_int_equal(result.r[0], RETURN_SUCCESS);
}

static void expect_failure(struct registers result, enum error_code error)
{
	assert_int_equal(result.r[0], RETURN_FAILURE);
	assert_int_equal(result.r[1], error);
}

static void share(uint32_t address, uint32_t length)
{
	assert_int_equal(fixture_call(ALLOW_READ_WRITE, TALKER, SLOT, address, length).r[0],
			 RETURN_SUCCESS_2_U32);
}

/* The running process takes one event, and this is what its function gets. */
static void expect_event(uint32_t sender, uint32_t length, uint32_t address)
{
	uint32_t slot = process_slot(RUNNING);

	assert_registers(fixture_call(YIELD, NO_WAIT, 0, 0, 0), sender, length, address, slot);
	assert_int_equal(RUNNING->context.program_counter, function_of(slot, NOTIFIED));
}

static void expect_no_event(void)
{
	uint32_t flag = RUNNING->ram_start + 0x40;

	*fixture_bytes(flag) = 7;
	fixture_call(YIELD, NO_WAIT, flag, 0, 0);
	assert_int_equal(*fixture_bytes(flag), 0);
}

/* Whether the running process reaches the whole range, or nothing of it. */
static void expect_access(uint32_t address, uint32_t length, enum host_access access)
{
	for (uint32_t i = 0; i < length; i++) {
		assert_int_equal(host_access(address + i), access);
	}
}

static void expect_reached(uint32_t address, uint32_t length)
{
	expect_access(address, length, HOST_ACCESS_READ_WRITE);
	expect_access(address - 0x40, 0x40, HOST_ACCESS_NONE);
	expect_access(address + length, 0x40, HOST_ACCESS_NONE);
}

static void expect_not_reached(uint32_t address, uint32_t length)
{
	expect_access(address - 0x40, length + 0x80, HOST_ACCESS_NONE);
}

/* Process 0 has shared its buffer with process 1, which has taken the event and runs. */
static void start_shared(void)
{
	start();
	share(buffer_of(0), LENGTH);
	expect_success(notify(1));
	turn_to(1);
	expect_event(0, LENGTH, buffer_of(0));
	expect_reached(buffer_of(0), LENGTH);
}

/* --- Reaching --- */

static void receiver_reaches_the_buffer_and_nothing_beside_it(void **state)
{
	(void)state;
	start_shared(); /* S1 */
	turn_to(2);
	expect_not_reached(buffer_of(0), LENGTH);
	turn_to(0);
	expect_not_reached(buffer_of(1), LENGTH);
	turn_to(1);
	expect_reached(buffer_of(0), LENGTH);
}

static void nothing_is_reached_before_the_upcall_runs(void **state)
{
	(void)state;
	start(); /* S2 */
	share(buffer_of(0), LENGTH);
	turn_to(1);
	expect_not_reached(buffer_of(0), LENGTH);
	turn_to(0);
	expect_success(notify(1));
	turn_to(1);
	expect_not_reached(buffer_of(0), LENGTH);
	expect_event(0, LENGTH, buffer_of(0));
	expect_reached(buffer_of(0), LENGTH);
}

static void a_sleeping_receiver_wakes_with_the_buffer(void **state)
{
	(void)state;
	start();
	turn_to(1);
	fixture_call(YIELD, WAIT, 0, 0, 0);
	turn_to(0);
	share(buffer_of(0), LENGTH);
	expect_success(notify(1));
	turn_to(1);

	const uint32_t *arguments = context_arguments(&RUNNING->context);

	assert_int_equal(arguments[0], 0);
	assert_int_equal(arguments[1], LENGTH);
	assert_int_equal(arguments[2], buffer_of(0));
	assert_int_equal(arguments[3], 1);
	expect_reached(buffer_of(0), LENGTH);
}

static void what_counts_is_what_is_shared_when_the_upcall_runs(void **state)
{
	(void)state;
	start(); /* S2 */
	share(buffer_of(0), LENGTH);
	expect_success(notify(1));
	share(buffer_of(0) + 0x100, 2 * LENGTH);
	turn_to(1);
	expect_event(0, 2 * LENGTH, buffer_of(0) + 0x100);
	expect_reached(buffer_of(0) + 0x100, 2 * LENGTH);
	expect_not_reached(buffer_of(0), LENGTH);
}

static void nothing_shared_is_told_as_zeros(void **state)
{
	(void)state;
	start();
	expect_success(notify(1));
	share(OUTSIDE, 0);
	turn_to(1);
	expect_event(0, 0, 0);
	assert_null(process_shares(RUNNING));
}

static void what_was_taken_back_is_told_as_zeros(void **state)
{
	(void)state;
	start();
	share(buffer_of(0), LENGTH);
	expect_success(notify(1));
	share(0, 0);
	turn_to(1);
	expect_event(0, 0, 0);
	expect_not_reached(buffer_of(0), LENGTH);
}

/* --- The end of it (S3) --- */

static void taking_back_ends_it(void **state)
{
	(void)state;
	start_shared();
	turn_to(0);
	share(0, 0);
	turn_to(1);
	expect_not_reached(buffer_of(0), LENGTH);
}

static void another_buffer_ends_it_until_it_is_told(void **state)
{
	(void)state;
	start_shared();
	turn_to(0);
	share(buffer_of(0) + 0x100, LENGTH);
	turn_to(1);
	expect_not_reached(buffer_of(0), LENGTH);
	expect_not_reached(buffer_of(0) + 0x100, LENGTH);
	turn_to(0);
	expect_success(notify(1));
	turn_to(1);
	expect_event(0, LENGTH, buffer_of(0) + 0x100);
	expect_reached(buffer_of(0) + 0x100, LENGTH);
	expect_not_reached(buffer_of(0), LENGTH);
}

static void a_shorter_buffer_ends_the_tail(void **state)
{
	(void)state;
	start_shared();
	turn_to(0);
	share(buffer_of(0), LENGTH / 2);
	expect_success(notify(1));
	turn_to(1);
	expect_not_reached(buffer_of(0), LENGTH);
	expect_event(0, LENGTH / 2, buffer_of(0));
	expect_reached(buffer_of(0), LENGTH / 2);
}

static void other_slots_change_nothing(void **state)
{
	(void)state;
	start_shared(); /* S4 */
	turn_to(0);
	fixture_call(ALLOW_READ_WRITE, TALKER, SLOT + 1, buffer_of(0), 4);
	fixture_call(ALLOW_READ_ONLY, TALKER, 0, buffer_of(0), 4);
	expect_success(notify(2));
	turn_to(1);
	expect_reached(buffer_of(0), LENGTH);
}

static void a_fault_of_the_sender_ends_it(void **state)
{
	(void)state;
	start_shared();
	turn_to(0);
	fixture_fault(FAULT_READ);
	turn_to(1);
	expect_not_reached(buffer_of(0), LENGTH);
	assert_null(process_shares(RUNNING)->shares[0].slot);
}

static void the_end_of_the_sender_ends_it(void **state)
{
	(void)state;
	start_shared();
	turn_to(0);
	fixture_call(EXIT, 0, 0, 0, 0);
	turn_to(1);
	expect_not_reached(buffer_of(0), LENGTH);
}

/* The new life shares the same buffer in the same slot, which lies at the same place. */
static void a_new_life_of_the_sender_begins_anew(void **state)
{
	(void)state;
	start_shared();
	turn_to(0);
	fixture_call(EXIT, 1, 0, 0, 0);
	turn_to(0);
	fixture_call(MEMOP, 0, RUNNING->ram_start + 0x600, 0, 0);
	share(buffer_of(0), LENGTH);
	turn_to(1);
	expect_not_reached(buffer_of(0), LENGTH);
	turn_to(0);
	expect_success(notify(1));
	turn_to(1);
	expect_event(0, LENGTH, buffer_of(0));
	expect_reached(buffer_of(0), LENGTH);
}

static void terminate_0(void)
{
	assert_int_equal(process_terminate(fixture_process(0)->id, &control), ERROR_NONE);
}

static void fault_0(void)
{
	assert_int_equal(process_make_fault(fixture_process(0)->id, &control), ERROR_NONE);
}

static void restart_0(void)
{
	terminate_0();
	assert_int_equal(process_boot(fixture_process(0)->id, &control), ERROR_NONE);
}

/* By a command of the receiver's own, which goes on at once. */
static void a_sender_that_is_ended_from_outside_is_lost_at_once(void **state)
{
	static void (*const ends[])(void) = {terminate_0, fault_0, restart_0};

	(void)state;
	for (uint32_t i = 0; i < ARRAY_LENGTH(ends); i++) {
		fixture_teardown(NULL);
		fixture_setup(NULL);
		start_shared();
		fixture.command = ends[i];
		expect_success(fixture_call(COMMAND, TALKER, TALKER_DO, 0, 0));
		assert_ptr_equal(RUNNING, fixture_process(1));
		expect_not_reached(buffer_of(0), LENGTH);
	}
}

static void a_sender_that_is_stopped_shares_on(void **state)
{
	(void)state;
	start_shared();
	assert_int_equal(process_stop(fixture_process(0)->id, &control), ERROR_NONE);
	turn_to(2);
	turn_to(1);
	expect_reached(buffer_of(0), LENGTH);
}

static void a_receiver_that_is_stopped_gets_it_when_it_goes_on(void **state)
{
	(void)state;
	start();
	turn_to(1);
	fixture_call(YIELD, WAIT, 0, 0, 0);
	turn_to(0);
	assert_int_equal(process_stop(fixture_process(1)->id, &control), ERROR_NONE);
	share(buffer_of(0), LENGTH);
	expect_success(notify(1));
	assert_int_equal(process_resume(fixture_process(1)->id, &control), ERROR_NONE);
	turn_to(1);
	assert_int_equal(context_arguments(&RUNNING->context)[2], buffer_of(0));
	expect_reached(buffer_of(0), LENGTH);
}

static void a_new_life_of_the_receiver_has_nothing(void **state)
{
	(void)state;
	start_shared();
	fixture_call(EXIT, 1, 0, 0, 0);
	turn_to(1);
	expect_not_reached(buffer_of(0), LENGTH);
	assert_null(process_shares(RUNNING));
}

static void a_fault_of_the_receiver_ends_it(void **state)
{
	(void)state;
	start();
	fixture.restart_limit = 1;
	share(buffer_of(0), LENGTH);
	expect_success(notify(1));
	turn_to(1);
	expect_event(0, LENGTH, buffer_of(0));
	fixture_fault(FAULT_READ);
	fixture_settle(fixture_process(1)->id);
	turn_to(1);
	expect_not_reached(buffer_of(0), LENGTH);
}

static void an_event_outlives_its_sender_without_the_buffer(void **state)
{
	(void)state;
	start();
	share(buffer_of(0), LENGTH);
	expect_success(notify(1));
	fixture_call(EXIT, 0, 0, 0, 0);
	turn_to(1);
	expect_event(0, 0, 0);
	expect_not_reached(buffer_of(0), LENGTH);
}

static void an_event_of_a_former_life_brings_no_buffer(void **state)
{
	(void)state;
	start();
	share(buffer_of(0), LENGTH);
	expect_success(notify(1));
	fixture_call(EXIT, 1, 0, 0, 0);
	turn_to(0);
	fixture_call(MEMOP, 0, RUNNING->ram_start + 0x600, 0, 0);
	share(buffer_of(0), LENGTH);
	turn_to(1);
	expect_event(0, 0, 0);
	expect_not_reached(buffer_of(0), LENGTH);
}

static void the_senders_break_stays_above_the_buffer(void **state)
{
	(void)state;
	start_shared();
	turn_to(0);
	expect_failure(fixture_call(MEMOP, 0, buffer_of(0) + LENGTH - 1, 0, 0), ERROR_NOMEM);
	expect_success(fixture_call(MEMOP, 0, buffer_of(0) + LENGTH, 0, 0));
	share(0, 0);
	expect_failure(fixture_call(MEMOP, 0, buffer_of(0) + LENGTH - 1, 0, 0), ERROR_NOMEM);
}

/* --- What the receiver cannot do with it (S4) --- */

static void the_buffer_cannot_be_handed_on(void **state)
{
	uint32_t b;

	(void)state;
	start_shared();
	b = buffer_of(0);
	assert_registers(fixture_call(ALLOW_READ_WRITE, TALKER, 0, b, 4), RETURN_FAILURE_2_U32,
			 ERROR_INVAL, b, 4);
	assert_registers(fixture_call(ALLOW_READ_ONLY, TALKER, 0, b, 4), RETURN_FAILURE_2_U32,
			 ERROR_INVAL, b, 4);
	assert_registers(fixture_call(ALLOW_USER_READABLE, TALKER, 0, b, 4), RETURN_FAILURE_2_U32,
			 ERROR_INVAL, b, 4);
	assert_registers(fixture_call(SUBSCRIBE, TALKER, 0, b, 4), RETURN_FAILURE_2_U32,
			 ERROR_INVAL, b, 4);
	*fixture_bytes(b) = 7;
	fixture_call(YIELD, NO_WAIT, b, 0, 0);
	assert_int_equal(*fixture_bytes(b), 7);
	expect_failure(fixture_call(MEMOP, 0, b, 0, 0), ERROR_NOMEM);
}

/* --- Which events there are --- */

static void yield_wait_for_does_not_see_it(void **state)
{
	(void)state;
	start();
	share(buffer_of(0), LENGTH);
	expect_success(notify(1));
	turn_to(1);
	fixture_call(YIELD, WAIT_FOR, TALKER, NOTIFIED, 0);
	assert_int_equal(fixture_process(1)->state, PROCESS_YIELDED_FOR);
	expect_success(notify(1) /* by 2, which runs now */);
	assert_int_equal(fixture_process(1)->state, PROCESS_YIELDED_FOR);
	fixture_event(fixture_process(1)->id, NOTIFIED, 5, 6, 7);
	turn_to(1);
	assert_int_equal(context_arguments(&RUNNING->context)[0], 5);
	expect_event(0, LENGTH, buffer_of(0));
	expect_event(2, 0, 0);
	expect_no_event();
}

static void subscribe_does_not_drop_it(void **state)
{
	(void)state;
	start();
	share(buffer_of(0), LENGTH);
	turn_to(1);
	fixture_call(SUBSCRIBE, TALKER, NOTIFIED, 0, 0);
	turn_to(0);
	expect_success(notify(1));
	turn_to(1);
	fixture_call(SUBSCRIBE, TALKER, NOTIFIED, function_of(1, NOTIFIED), 1);
	expect_event(0, LENGTH, buffer_of(0));
}

/* A client that is faster than its service: the service has no grant yet. */
static void it_waits_for_a_receiver_that_has_not_begun(void **state)
{
	(void)state;
	fixture_start_apps(2);
	fixture_call(MEMOP, 0, RUNNING->ram_start + 0x600, 0, 0);
	share(buffer_of(0), LENGTH);
	expect_success(notify(1));
	turn_to(1);
	assert_int_equal(RUNNING->kernel_break, (uint32_t)(uintptr_t)RUNNING); /* not charged */
	fixture_call(MEMOP, 0, RUNNING->ram_start + 0x600, 0, 0);
	fixture_call(SUBSCRIBE, TALKER, NOTIFIED, function_of(1, NOTIFIED), 1);
	expect_event(0, LENGTH, buffer_of(0));
	expect_reached(buffer_of(0), LENGTH);
}

static void without_a_function_nothing_happens(void **state)
{
	(void)state;
	fixture_start_apps(2);
	fixture_call(MEMOP, 0, RUNNING->ram_start + 0x600, 0, 0);
	share(buffer_of(0), LENGTH);
	expect_success(notify(1));
	turn_to(1);
	fixture_call(MEMOP, 0, RUNNING->ram_start + 0x600, 0, 0);
	expect_no_event(); /* no grant */
	fixture_call(SUBSCRIBE, TALKER, NOTIFIED, 0, 0);
	turn_to(0);
	expect_success(notify(1));
	turn_to(1);
	expect_no_event(); /* a null function */
	assert_null(process_shares(RUNNING));
	expect_not_reached(buffer_of(0), LENGTH);
	fixture_call(YIELD, WAIT, 0, 0, 0);
	expect_success(notify(1));
	assert_int_equal(fixture_process(1)->state, PROCESS_YIELDED);
	assert_int_equal(fixture_process(1)->queue_length, 0);
}

static void events_keep_their_order(void **state)
{
	(void)state;
	start();
	fixture_event(fixture_process(1)->id, 0, 1, 0, 0);
	expect_success(notify(1));
	fixture_event(fixture_process(1)->id, 0, 2, 0, 0);
	turn_to(1);
	assert_registers(fixture_call(YIELD, NO_WAIT, 0, 0, 0), 1, 0, 0, 1);
	expect_event(0, 0, 0);
	assert_registers(fixture_call(YIELD, NO_WAIT, 0, 0, 0), 2, 0, 0, 1);
}

static void a_full_queue_is_told_and_counted(void **state)
{
	(void)state;
	start();
	fixture_events(fixture_process(1)->id, 0, UPCALL_QUEUE_LENGTH);
	expect_failure(notify(1), ERROR_NOMEM);
	assert_int_equal(fixture_describe(1).upcalls_dropped, 1);
}

static struct registers notify_upcall(uint32_t receiver, uint32_t number)
{
	return fixture_call(COMMAND, TALKER, TALKER_NOTIFY,
			    TALKER_NOTIFICATION(receiver, SLOT, number), 0);
}

/* One of each kind and sender waits, so that there is room for what drivers have to say. */
static void nobody_fills_the_queue_of_another(void **state)
{
	(void)state;
	start();
	for (uint32_t i = 0; i < 20; i++) {
		for (uint32_t number = 0; number < 2; number++) {
			struct registers result = notify_upcall(1, number);

			assert_int_equal(result.r[0], i == 0 ? RETURN_SUCCESS : RETURN_FAILURE);
			assert_true(i == 0 || result.r[1] == ERROR_BUSY);
		}
	}
	turn_to(2);
	expect_success(notify_upcall(1, 0));
	expect_failure(notify_upcall(1, 0), ERROR_BUSY);
	assert_int_equal(fixture_process(1)->queue_length, 3);
	assert_int_equal(fixture_describe(1).upcalls_dropped, 0);
	turn_to(1);
	for (uint32_t i = 0; i < 3; i++) {
		fixture_call(YIELD, NO_WAIT, 0, 0, 0);
	}
	turn_to(0);
	expect_success(notify_upcall(1, 0));
}

/* What waits of a life that is over makes room for the next: restarting fills no queue either. */
static void a_new_life_of_the_sender_is_not_busy(void **state)
{
	(void)state;
	start();
	for (uint32_t i = 0; i < 20; i++) {
		expect_success(notify(1));
		fixture_call(EXIT, 1, 0, 0, 0);
		turn_to(0);
	}
	assert_int_equal(fixture_process(1)->queue_length, 1);
	fixture_call(MEMOP, 0, RUNNING->ram_start + 0x600, 0, 0);
	share(buffer_of(0), LENGTH);
	expect_success(notify(1));
	turn_to(1);
	expect_event(0, LENGTH, buffer_of(0));
	expect_reached(buffer_of(0), LENGTH);
	expect_no_event();
}

/* An event of a driver is another thing, whatever its arguments. */
static void events_of_drivers_are_not_busy(void **state)
{
	(void)state;
	start();
	fixture_event(fixture_process(1)->id, NOTIFIED, RUNNING->id.private_value, 0, 0);
	expect_success(notify(1));
	assert_int_equal(fixture_process(1)->queue_length, 2);
}

/* --- Refusals --- */

static void who_or_what_is_not_there_is_refused(void **state)
{
	static const uint32_t wrong[] = {
	    TALKER_NOTIFICATION(0, SLOT, NOTIFIED), /* oneself */
	    TALKER_NOTIFICATION(NOBODY, SLOT, NOTIFIED),
	    TALKER_NOTIFICATION(FIXTURE_SLOTS, SLOT, NOTIFIED),
	    TALKER_NOTIFICATION(255, SLOT, NOTIFIED),
	    TALKER_NOTIFICATION(1, TALKER_READ_WRITE, NOTIFIED),
	    TALKER_NOTIFICATION(1, 255, NOTIFIED),
	    TALKER_NOTIFICATION(1, SLOT, TALKER_UPCALLS),
	    TALKER_NOTIFICATION(1, SLOT, 0xffffu),
	};

	(void)state;
	start();
	for (uint32_t i = 0; i < ARRAY_LENGTH(wrong); i++) {
		expect_failure(fixture_call(COMMAND, TALKER, TALKER_NOTIFY, wrong[i], 0),
			       ERROR_INVAL);
	}
	for (uint32_t slot = 0; slot < 3; slot++) {
		assert_int_equal(fixture_process(slot)->queue_length, 0);
	}
}

static void who_has_ended_is_refused(void **state)
{
	(void)state;
	start();
	turn_to(1);
	fixture_fault(FAULT_READ);
	turn_to(2);
	fixture_call(EXIT, 0, 0, 0, 0);
	turn_to(0);
	expect_failure(notify(1), ERROR_NODEVICE);
	expect_failure(notify(2), ERROR_NODEVICE);
}

static void an_access_that_is_over_is_refused(void **state)
{
	(void)state;
	start();
	assert_int_equal(fixture_notify_after_block(RUNNING->id, 1), ERROR_NODEVICE);
	assert_int_equal(fixture_process(1)->queue_length, 0);
}

static void what_the_hardware_cannot_share_is_refused(void **state)
{
	(void)state;
	host_set_granules(4, 32);
	start();
	for (uint32_t offset = 0; offset < 64; offset++) {
		share(buffer_of(0) + offset, 64);
		if (offset % 32 == 0) {
			expect_success(notify(1));
			turn_to(1);
			expect_event(0, 64, buffer_of(0) + offset);
			expect_reached(buffer_of(0) + offset, 64);
			turn_to(0);
		} else {
			expect_failure(notify(1), ERROR_SIZE);
		}
	}
	for (uint32_t length = 1; length < 96; length++) {
		share(buffer_of(0), length);
		if (length % 32 == 0) {
			expect_success(notify(1));
			turn_to(1);
			expect_event(0, length, buffer_of(0));
			turn_to(0);
		} else {
			expect_failure(notify(1), ERROR_SIZE);
		}
	}
}

/* It became such a buffer after the event was queued. */
static void what_the_hardware_cannot_share_is_told_as_zeros(void **state)
{
	(void)state;
	start();
	share(buffer_of(0), LENGTH);
	expect_success(notify(1));
	share(buffer_of(0) + 1, LENGTH);
	turn_to(1);
	expect_event(0, 0, 0);
	expect_not_reached(buffer_of(0), LENGTH);
}

/* --- Room (S5) --- */

_Static_assert(PROTECTION_SHARES == 2, "process 1 gets three buffers below");

/* Process 0 shares something with process 1, which gets to know so many bytes of it, and runs. */
static void give(uint32_t slot, uint32_t address, uint32_t length, uint32_t told)
{
	turn_to(0);
	fixture_call(ALLOW_READ_WRITE, TALKER, slot, address, length);
	expect_success(fixture_call(COMMAND, TALKER, TALKER_NOTIFY,
				    TALKER_NOTIFICATION(1, slot, NOTIFIED), 0));
	turn_to(1);
	expect_event(0, told, told == 0 ? 0 : address);
}

static void there_is_room_for_so_many(void **state)
{
	(void)state;
	start();

	uint32_t b = buffer_of(0);

	give(0, b, 32, 32);
	give(1, b + 0x100, 32, 32);
	give(2, b + 0x200, 32, 0);
	expect_reached(b, 32);
	expect_reached(b + 0x100, 32);
	expect_not_reached(b + 0x200, 32);
	turn_to(0);
	fixture_call(ALLOW_READ_WRITE, TALKER, 0, 0, 0);
	give(2, b + 0x200, 32, 32);
	expect_not_reached(b, 32);
	expect_reached(b + 0x100, 32);
	expect_reached(b + 0x200, 32);
}

static void telling_again_takes_no_more_room(void **state)
{
	(void)state;
	start();
	for (uint32_t i = 0; i < 5; i++) {
		give(SLOT, buffer_of(0), LENGTH, LENGTH);
	}
	turn_to(2);
	share(buffer_of(2), LENGTH);
	expect_success(notify(1));
	turn_to(1);
	expect_event(2, LENGTH, buffer_of(2));
	expect_reached(buffer_of(0), LENGTH);
	expect_reached(buffer_of(2), LENGTH);
}

static void telling_again_takes_no_second_place(void **state)
{
	(void)state;
	start();
	give(0, buffer_of(0), 32, 32);
	give(1, buffer_of(0) + 0x100, 32, 32);
	turn_to(0);
	fixture_call(ALLOW_READ_WRITE, TALKER, 0, 0, 0);
	give(1, buffer_of(0) + 0x100, 32, 32);
	give(2, buffer_of(0) + 0x200, 32, 32);
}

static void a_receiver_without_memory_gets_no_buffer(void **state)
{
	(void)state;
	start();
	turn_to(1);
	expect_success(
	    fixture_call(MEMOP, 0, RUNNING->kernel_break - sizeof(struct shares) + 8, 0, 0));
	turn_to(0);
	share(buffer_of(0), LENGTH);
	expect_success(notify(1));
	turn_to(1);
	expect_event(0, 0, 0);
	expect_not_reached(buffer_of(0), LENGTH);
	expect_success(fixture_call(MEMOP, 0, RUNNING->kernel_break - sizeof(struct shares), 0, 0));
	turn_to(0);
	expect_success(notify(1));
	turn_to(1);
	expect_event(0, LENGTH, buffer_of(0));
	expect_reached(buffer_of(0), LENGTH);
}

/* --- Cost --- */

static void who_is_given_nothing_costs_nothing(void **state)
{
	(void)state;
	start();

	uint32_t writes = host_share_writes();

	for (uint32_t i = 0; i < 6; i++) {
		fixture_slice_expires();
	}
	assert_int_equal(host_share_writes(), writes);
}

static void what_a_boot_loader_left_is_cleared(void **state)
{
	const struct protection_share left[PROTECTION_SHARES] = {
	    {FIXTURE_RAM, FIXTURE_RAM + FIXTURE_RAM_BYTES}};

	(void)state;
	protection_apply_shares(left);
	fixture_start_apps(1);
	expect_access(RUNNING->ram_end, 0x100, HOST_ACCESS_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    FIXTURE_TEST(receiver_reaches_the_buffer_and_nothing_beside_it),
	    FIXTURE_TEST(nothing_is_reached_before_the_upcall_runs),
	    FIXTURE_TEST(a_sleeping_receiver_wakes_with_the_buffer),
	    FIXTURE_TEST(what_counts_is_what_is_shared_when_the_upcall_runs),
	    FIXTURE_TEST(nothing_shared_is_told_as_zeros),
	    FIXTURE_TEST(what_was_taken_back_is_told_as_zeros),
	    FIXTURE_TEST(taking_back_ends_it),
	    FIXTURE_TEST(another_buffer_ends_it_until_it_is_told),
	    FIXTURE_TEST(a_shorter_buffer_ends_the_tail),
	    FIXTURE_TEST(other_slots_change_nothing),
	    FIXTURE_TEST(a_fault_of_the_sender_ends_it),
	    FIXTURE_TEST(the_end_of_the_sender_ends_it),
	    FIXTURE_TEST(a_new_life_of_the_sender_begins_anew),
	    FIXTURE_TEST(a_sender_that_is_ended_from_outside_is_lost_at_once),
	    FIXTURE_TEST(a_sender_that_is_stopped_shares_on),
	    FIXTURE_TEST(a_receiver_that_is_stopped_gets_it_when_it_goes_on),
	    FIXTURE_TEST(a_new_life_of_the_receiver_has_nothing),
	    FIXTURE_TEST(a_fault_of_the_receiver_ends_it),
	    FIXTURE_TEST(an_event_outlives_its_sender_without_the_buffer),
	    FIXTURE_TEST(an_event_of_a_former_life_brings_no_buffer),
	    FIXTURE_TEST(the_senders_break_stays_above_the_buffer),
	    FIXTURE_TEST(the_buffer_cannot_be_handed_on),
	    FIXTURE_TEST(yield_wait_for_does_not_see_it),
	    FIXTURE_TEST(subscribe_does_not_drop_it),
	    FIXTURE_TEST(it_waits_for_a_receiver_that_has_not_begun),
	    FIXTURE_TEST(without_a_function_nothing_happens),
	    FIXTURE_TEST(events_keep_their_order),
	    FIXTURE_TEST(a_full_queue_is_told_and_counted),
	    FIXTURE_TEST(nobody_fills_the_queue_of_another),
	    FIXTURE_TEST(a_new_life_of_the_sender_is_not_busy),
	    FIXTURE_TEST(events_of_drivers_are_not_busy),
	    FIXTURE_TEST(who_or_what_is_not_there_is_refused),
	    FIXTURE_TEST(who_has_ended_is_refused),
	    FIXTURE_TEST(an_access_that_is_over_is_refused),
	    FIXTURE_TEST(what_the_hardware_cannot_share_is_refused),
	    FIXTURE_TEST(what_the_hardware_cannot_share_is_told_as_zeros),
	    FIXTURE_TEST(there_is_room_for_so_many),
	    FIXTURE_TEST(telling_again_takes_no_more_room),
	    FIXTURE_TEST(telling_again_takes_no_second_place),
	    FIXTURE_TEST(a_receiver_without_memory_gets_no_buffer),
	    FIXTURE_TEST(who_is_given_nothing_costs_nothing),
	    FIXTURE_TEST(what_a_boot_loader_left_is_cleared),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
