/* System-call driver 0x10000: clauses I1 to I3, and which slot and upcall belong to whom. */

#include "fake_kernel.h"
#include <capsules/ipc.h>
#include <string.h>

enum {
	EXISTS = 0,
	DISCOVER = 1,
	NOTIFY_SERVICE = 2,
	NOTIFY_CLIENT = 3,
};

static struct ipc ipc;
static struct process_id ids[FAKE_PROCESSES];
static const struct process_inspect_capability inspect;
static const struct process_share_capability share;

/* The kernel's part: what it was asked for last, and its answer. */
static struct {
	uint32_t calls;
	struct process_id sender;
	uint32_t slot, receiver, number;
	enum error_code answer;
} asked;

enum error_code share_notify(struct grant_access sender, uint32_t slot, uint32_t receiver,
			     uint32_t number, const struct process_share_capability *capability)
{
	assert_ptr_equal(capability, &share);
	assert_true(sender.private_process->grant_is_open);
	assert_ptr_equal(sender.private_grant, &ipc.grant.grant);
	asked.calls++;
	asked.sender = grant_access_process(sender);
	asked.slot = slot;
	asked.receiver = receiver;
	asked.number = number;
	return asked.answer;
}

static void name(uint32_t slot, const char *text, uint32_t length)
{
	fake_processes[slot].description.name = (struct read_span){(const uint8_t *)text, length};
}

static void start(void)
{
	static const char *const names[FAKE_PROCESSES] = {"zero", "one", "one", "three"};

	fake_kernel_reset();
	memset(&asked, 0, sizeof(asked));
	ipc_init(&ipc, &inspect, &share);
	for (uint32_t i = 0; i < FAKE_PROCESSES; i++) {
		ids[i] = fake_process_start(i);
		name(i, names[i], (uint32_t)strlen(names[i]));
	}
}

static struct fake_answer command(uint32_t slot, uint32_t number, uint32_t argument)
{
	return fake_command(&ipc.driver, ids[slot], number, argument, 0xffff);
}

static struct fake_answer discover(uint32_t slot, const char *text, uint32_t length)
{
	fake_share_read_only(slot, 0, text, length);
	return command(slot, DISCOVER, 0xffff);
}

static void exists(void **state)
{
	(void)state;
	start();
	EXPECT_SUCCESS(command(0, EXISTS, 1));
	EXPECT_FAILURE(command(0, 4, 1), ERROR_NOSUPPORT);
	EXPECT_FAILURE(command(0, UINT32_MAX, 1), ERROR_NOSUPPORT);
	assert_int_equal(asked.calls, 0);
	assert_null(fake_processes[0].grant);
}

static void has_a_slot_for_each_process(void **state)
{
	const struct grant_layout *layout;

	(void)state;
	start();
	layout = ipc.grant.grant.private_layout;
	assert_int_equal(layout->upcalls, 8);
	assert_int_equal(layout->read_only, 1);
	assert_int_equal(layout->read_write, 8);
	assert_ptr_equal(ipc.driver.private_grant, &ipc.grant.grant);
}

static void finds_the_first_with_exactly_this_name(void **state)
{
	(void)state;
	start();
	EXPECT_VALUE(discover(3, "zero", 4), 0);
	EXPECT_VALUE(discover(3, "one", 3), 1);
	EXPECT_VALUE(discover(3, "three", 5), 3); /* itself */
	EXPECT_VALUE(discover(0, "three", 5), 3);
	EXPECT_FAILURE(discover(0, "thre", 4), ERROR_NODEVICE);
	EXPECT_FAILURE(discover(0, "threes", 6), ERROR_NODEVICE);
	EXPECT_FAILURE(discover(0, "three", 6), ERROR_NODEVICE); /* with its 0 */
	EXPECT_FAILURE(discover(0, "Three", 5), ERROR_NODEVICE);
	EXPECT_FAILURE(discover(0, "threE", 5), ERROR_NODEVICE);
	assert_int_equal(asked.calls, 0);
}

static void an_empty_name_is_a_name(void **state)
{
	(void)state;
	start();
	EXPECT_FAILURE(command(1, DISCOVER, 0), ERROR_NODEVICE); /* nothing shared */
	name(2, "", 0);
	EXPECT_VALUE(command(1, DISCOVER, 0), 2);
}

static void finds_those_that_have_ended(void **state)
{
	(void)state;
	start(); /* I2 */
	fake_process_end(1);
	EXPECT_VALUE(discover(0, "one", 3), 1);
}

static void empty_slots_are_passed_over(void **state)
{
	(void)state;
	start();
	memset(&fake_processes[1], 0, sizeof(fake_processes[1]));
	EXPECT_VALUE(discover(0, "one", 3), 2);
}

static void long_names(void **state)
{
	static char text[IPC_NAME_MAX + 1];

	(void)state;
	start(); /* I2 */
	memset(text, 'x', sizeof(text));
	name(2, text, IPC_NAME_MAX);
	name(3, text, IPC_NAME_MAX + 1);
	EXPECT_VALUE(discover(0, text, IPC_NAME_MAX), 2);
	EXPECT_FAILURE(discover(0, text, IPC_NAME_MAX + 1), ERROR_NODEVICE);
}

static void expect_asked(uint32_t sender, uint32_t receiver, uint32_t number)
{
	assert_int_equal(asked.calls, 1);
	assert_true(process_id_equal(asked.sender, ids[sender]));
	assert_int_equal(asked.slot, receiver);
	assert_int_equal(asked.receiver, receiver);
	assert_int_equal(asked.number, number);
	asked.calls = 0;
}

static void notifies(void **state)
{
	(void)state;
	for (uint32_t sender = 0; sender < FAKE_PROCESSES; sender++) {
		for (uint32_t receiver = 0; receiver < IPC_PROCESSES; receiver++) {
			if (sender == receiver) {
				continue;
			}
			start();
			EXPECT_SUCCESS(command(sender, NOTIFY_SERVICE, receiver));
			expect_asked(sender, receiver, receiver);
			EXPECT_SUCCESS(command(sender, NOTIFY_CLIENT, receiver));
			expect_asked(sender, receiver, sender);
		}
	}
}

static void hands_on_the_kernels_errors(void **state)
{
	static const enum error_code errors[] = {ERROR_INVAL, ERROR_NODEVICE, ERROR_SIZE,
						 ERROR_BUSY, ERROR_NOMEM};

	(void)state;
	start();
	for (uint32_t i = 0; i < ARRAY_LENGTH(errors); i++) {
		asked.answer = errors[i];
		EXPECT_FAILURE(command(0, NOTIFY_SERVICE, 1), errors[i]);
		EXPECT_FAILURE(command(0, NOTIFY_CLIENT, 1), errors[i]);
	}
}

static void refuses_an_index_without_slots(void **state)
{
	static const uint32_t indices[] = {IPC_PROCESSES, 255, 256, UINT32_MAX};

	(void)state;
	start();
	for (uint32_t i = 0; i < ARRAY_LENGTH(indices); i++) {
		EXPECT_FAILURE(command(0, NOTIFY_SERVICE, indices[i]), ERROR_INVAL);
		EXPECT_FAILURE(command(0, NOTIFY_CLIENT, indices[i]), ERROR_INVAL);
	}
	assert_int_equal(asked.calls, 0);
}

static void notifying_oneself_does_nothing(void **state)
{
	(void)state;
	start(); /* I1 */
	fake_processes[2].has_no_memory = true;
	EXPECT_SUCCESS(command(2, NOTIFY_SERVICE, 2));
	EXPECT_SUCCESS(command(2, NOTIFY_CLIENT, 2));
	assert_int_equal(asked.calls, 0);
}

static void a_caller_without_memory_is_told(void **state)
{
	(void)state;
	start();
	fake_processes[0].has_no_memory = true;
	EXPECT_FAILURE(discover(0, "one", 3), ERROR_NOMEM);
	EXPECT_FAILURE(command(0, NOTIFY_SERVICE, 1), ERROR_NOMEM);
	EXPECT_FAILURE(command(0, NOTIFY_CLIENT, 1), ERROR_NOMEM);
	assert_int_equal(asked.calls, 0);
}

static void only_the_caller_is_charged(void **state)
{
	(void)state;
	start(); /* I3 */
	EXPECT_SUCCESS(command(0, NOTIFY_SERVICE, 1));
	EXPECT_SUCCESS(command(0, NOTIFY_CLIENT, 2));
	EXPECT_VALUE(discover(0, "three", 5), 3);
	assert_non_null(fake_processes[0].grant);
	for (uint32_t i = 1; i < FAKE_PROCESSES; i++) {
		assert_null(fake_processes[i].grant);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(exists),
	    cmocka_unit_test(has_a_slot_for_each_process),
	    cmocka_unit_test(finds_the_first_with_exactly_this_name),
	    cmocka_unit_test(an_empty_name_is_a_name),
	    cmocka_unit_test(finds_those_that_have_ended),
	    cmocka_unit_test(empty_slots_are_passed_over),
	    cmocka_unit_test(long_names),
	    cmocka_unit_test(notifies),
	    cmocka_unit_test(hands_on_the_kernels_errors),
	    cmocka_unit_test(refuses_an_index_without_slots),
	    cmocka_unit_test(notifying_oneself_does_nothing),
	    cmocka_unit_test(a_caller_without_memory_is_told),
	    cmocka_unit_test(only_the_caller_is_charged),
	};

	return cmocka_run_group_tests_name("ipc", tests, NULL, NULL);
}
