/* System-call driver 0x9. */

#include "fake_kernel.h"
#include <capsules/read_only_state.h>
#include <string.h>

enum {
	ROOM = 24,
	UNTOUCHED = 0xee
};

struct stopped_clock {
	struct clock clock;
	uint64_t now;
};

static uint64_t stopped_now(struct stopped_clock *self)
{
	return self->now;
}

static uint32_t stopped_frequency(struct stopped_clock *self)
{
	(void)self;
	return 1000;
}

CLOCK_IMPLEMENT(test, struct stopped_clock, clock, .now = stopped_now,
		.frequency = stopped_frequency);

static struct stopped_clock time;
static struct read_only_state state_driver;
static uint8_t line[READ_ONLY_STATE_BYTES];
static uint8_t memory[ROOM];
static struct process_id process;

static void start(void)
{
	struct buffer buffer = BUFFER_OVER(line);

	fake_kernel_reset();
	time.now = 0x123456789abcdef0;
	clock_bind(&time.clock, &test_clock_operations);
	read_only_state_init(&state_driver, &time.clock, &buffer);
	process = fake_process_start(1);
	memset(memory, UNTOUCHED, sizeof(memory));
}

static void resume(void)
{
	resume_client_resuming(&state_driver.client, process);
}

static uint32_t u32(uint32_t offset)
{
	return memory[offset] | (uint32_t)memory[offset + 1] << 8 |
	       (uint32_t)memory[offset + 2] << 16 | (uint32_t)memory[offset + 3] << 24;
}

static void commands_are_answered(void **state)
{
	(void)state;
	start();
	EXPECT_SUCCESS(fake_command(&state_driver.driver, process, 0, 0, 0));
	EXPECT_VALUE(fake_command(&state_driver.driver, process, 1, 0, 0), 1);
	EXPECT_FAILURE(fake_command(&state_driver.driver, process, 2, 0, 0), ERROR_NOSUPPORT);
}

static void the_state_is_written(void **state)
{
	(void)state;
	start();
	fake_share_user_readable(1, 0, memory, ROOM);
	resume();
	assert_int_equal(u32(0), 1);
	assert_int_equal(u32(4), 0);
	assert_int_equal(u32(8), 0x9abcdef0);
	assert_int_equal(u32(12), 0x12345678);
	assert_int_equal(memory[16], UNTOUCHED);
	fake_processes[1].upcall_count = 3;
	time.now = 5;
	resume();
	assert_int_equal(u32(0), 2);
	assert_int_equal(u32(4), 3);
	assert_int_equal(u32(8), 5);
	assert_int_equal(u32(12), 0);
	fake_processes[1].upcall_count = 0;
}

static void parts_that_do_not_fit_are_left_out(void **state)
{
	(void)state;
	for (uint32_t length = 0; length <= ROOM; length++) {
		uint32_t written = length >= 16 ? 16 : length >= 8 ? 8 : length >= 4 ? 4 : 0;

		start();
		fake_share_user_readable(1, 0, memory, length);
		time.now = 0x0101010101010101;
		fake_processes[1].upcall_count = 0x01010101;
		resume();
		fake_processes[1].upcall_count = 0;
		for (uint32_t i = 0; i < ROOM; i++) {
			assert_int_equal(memory[i] == UNTOUCHED, i >= written);
		}
	}
}

static void processes_are_counted_apart_and_lives_anew(void **state)
{
	(void)state;
	start();
	fake_share_user_readable(1, 0, memory, ROOM);
	resume();
	resume();
	resume_client_resuming(&state_driver.client, fake_process_start(2));
	assert_int_equal(u32(0), 2);
	process = fake_process_start(1);
	fake_share_user_readable(1, 0, memory, ROOM);
	resume();
	assert_int_equal(u32(0), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(commands_are_answered),
	    cmocka_unit_test(the_state_is_written),
	    cmocka_unit_test(parts_that_do_not_fit_are_left_out),
	    cmocka_unit_test(processes_are_counted_apart_and_lives_anew),
	};

	return cmocka_run_group_tests_name("read_only_state", tests, NULL, NULL);
}
