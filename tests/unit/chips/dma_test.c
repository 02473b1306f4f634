/* DMA channels of a fake engine, which moves what its registers say when it is told to: it keeps the
 * low 32 bits of an address, and knows the one array that it may reach. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <kernel/dma.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	BYTES = 64,
	MOST = 48,
};

struct fake_control {
	bool start : 1;
	bool loud : 1;
	uint32_t reserved_2 : 30;
};

struct fake_status {
	bool sending : 1;
	bool receiving : 1;
	uint32_t reserved_2 : 30;
};

REGISTER_DMA_ADDRESS(fake_source, 1);
REGISTER_DMA_LENGTH(fake_source_count, MOST);
REGISTER_DMA_CONTROL(fake_source_control, struct fake_control, 0x00000000);
REGISTER_DMA_ADDRESS(fake_target, 4);
REGISTER_DMA_LENGTH(fake_target_count, 0xFFFF);
REGISTER_DMA_CONTROL(fake_target_control, struct fake_control, 0x00000000);
REGISTER_READ_ONLY(fake_status, struct fake_status, 0x00000000);

struct fake_registers {
	struct fake_source_register source AT_OFFSET(0x00);
	struct fake_source_count_register source_count AT_OFFSET(0x04);
	struct fake_source_control_register source_control AT_OFFSET(0x08);
	struct fake_target_register target AT_OFFSET(0x0C);
	struct fake_target_count_register target_count AT_OFFSET(0x10);
	struct fake_target_control_register target_control AT_OFFSET(0x14);
	struct fake_status_register status AT_OFFSET(0x18);
};

DMA_CHANNEL(fake, send, source, source_count, source_control, start, status, sending);
DMA_CHANNEL(fake, receive, target, target_count, target_control, start, status, receiving);

enum offset {
	SOURCE = 0x00,
	SOURCE_COUNT = 0x04,
	SOURCE_CONTROL = 0x08,
	TARGET = 0x0C,
	TARGET_COUNT = 0x10,
	TARGET_CONTROL = 0x14,
	STATUS = 0x18,
};

static union {
	struct fake_registers registers;
	uint32_t words[sizeof(struct fake_registers) / sizeof(uint32_t)];
} block;

static struct {
	struct fake_send send;
	struct fake_receive receive;
} driver;

static _Alignas(4) uint8_t bytes[BYTES], other_bytes[BYTES], line[BYTES];
static uint32_t barriers, barriers_at_start;

static uint32_t *at(enum offset offset)
{
	return &block.words[offset / 4];
}

void dma_barrier(void)
{
	barriers++;
	barriers_at_start = *at(SOURCE_CONTROL) | *at(TARGET_CONTROL);
}

/* The engine sees its start bits, and is busy. */
static void engine_notice(void)
{
	*at(STATUS) = (*at(SOURCE_CONTROL) & 1) | (*at(TARGET_CONTROL) & 1) << 1;
}

/* One way after the other: what was sent is what is received. */
static void engine_send(void)
{
	assert_int_equal(*at(SOURCE), (uint32_t)(uintptr_t)bytes);
	memcpy(line, bytes, *at(SOURCE_COUNT));
	*at(SOURCE_CONTROL) = 0;
	*at(STATUS) &= ~1u;
}

static void engine_receive(void)
{
	assert_int_equal(*at(TARGET), (uint32_t)(uintptr_t)other_bytes);
	memcpy(other_bytes, line, *at(TARGET_COUNT));
	*at(TARGET_CONTROL) = 0;
	*at(STATUS) &= ~2u;
}

static int setup(void **state)
{
	(void)state;
	memset(&block, 0, sizeof(block));
	memset(&driver, 0, sizeof(driver));
	for (uint32_t index = 0; index < BYTES; index++) {
		bytes[index] = (uint8_t)(index + 1);
		other_bytes[index] = 0;
	}
	fake_send_init(&driver.send, &block.registers);
	fake_receive_init(&driver.receive, &block.registers);
	barriers = 0;
	return 0;
}

static void buffer_is_the_hardwares_until_it_is_done(void **state)
{
	(void)state;
	struct buffer buffer = BUFFER_OVER(bytes);

	assert_false(fake_send_is_done(&driver.send)); /* it holds nothing */
	assert_int_equal(fake_send_start(&driver.send, &buffer, 10), ERROR_NONE);
	assert_true(buffer_is_empty(&buffer));
	assert_int_equal(*at(SOURCE), (uint32_t)(uintptr_t)bytes);
	assert_int_equal(*at(SOURCE_COUNT), 10);
	assert_int_equal(*at(SOURCE_CONTROL), 1);
	engine_notice();
	assert_false(fake_send_is_done(&driver.send));
	engine_send();
	assert_true(fake_send_is_done(&driver.send));
	buffer = fake_send_take(&driver.send);
	assert_ptr_equal(buffer.private_bytes, bytes);
	assert_int_equal(buffer_size(&buffer), BYTES);
	assert_false(fake_send_is_done(&driver.send));
	assert_int_equal(line[9], 10);
	assert_int_equal(line[10], 0);
}

static void both_directions_at_once(void **state)
{
	(void)state;
	struct buffer out = BUFFER_OVER(bytes);
	struct buffer in = BUFFER_OVER(other_bytes);

	assert_int_equal(fake_receive_start(&driver.receive, &in, 8), ERROR_NONE);
	assert_int_equal(fake_send_start(&driver.send, &out, 8), ERROR_NONE);
	engine_notice();
	engine_send();
	assert_true(fake_send_is_done(&driver.send));
	assert_false(fake_receive_is_done(&driver.receive));
	engine_receive();
	in = fake_receive_take(&driver.receive);
	assert_int_equal(buffer_get(&in, 7), 8);
	assert_int_equal(buffer_get(&in, 8), 0);
	out = fake_send_take(&driver.send);
	assert_ptr_equal(out.private_bytes, bytes);
}

static void second_start_is_refused_while_held_or_busy(void **state)
{
	(void)state;
	struct buffer buffer = BUFFER_OVER(bytes);
	struct buffer other = BUFFER_OVER(other_bytes);

	*at(STATUS) = 1; /* as a loader may leave it */
	assert_int_equal(fake_send_start(&driver.send, &buffer, 1), ERROR_BUSY);
	assert_int_equal(*at(SOURCE), 0);
	*at(STATUS) = 0;
	assert_int_equal(fake_send_start(&driver.send, &buffer, 1), ERROR_NONE);
	engine_notice();
	assert_int_equal(fake_send_start(&driver.send, &other, 1), ERROR_BUSY);
	engine_send();
	assert_int_equal(fake_send_start(&driver.send, &other, 1), ERROR_BUSY); /* not taken yet */
	assert_int_equal(buffer_size(&other), BYTES);
	assert_int_equal(*at(SOURCE), (uint32_t)(uintptr_t)bytes);
}

static void lengths_end_with_the_buffer_and_the_register(void **state)
{
	(void)state;
	struct buffer buffer = {bytes, 16};
	struct buffer large = BUFFER_OVER(bytes);

	assert_int_equal(fake_send_start(&driver.send, &buffer, 0), ERROR_SIZE);
	assert_int_equal(fake_send_start(&driver.send, &buffer, 17), ERROR_SIZE);
	assert_int_equal(fake_send_start(&driver.send, &large, MOST + 1), ERROR_SIZE);
	assert_int_equal(buffer_size(&buffer), 16);
	assert_int_equal(*at(SOURCE_CONTROL), 0);
	assert_int_equal(fake_send_start(&driver.send, &large, MOST), ERROR_NONE);
}

static void addresses_that_the_hardware_would_round_are_refused(void **state)
{
	(void)state;
	struct buffer odd = {bytes + 1, 16};

	assert_int_equal(fake_receive_start(&driver.receive, &odd, 4), ERROR_INVAL);
	assert_int_equal(buffer_size(&odd), 16);
	assert_int_equal(*at(TARGET), 0);
	assert_int_equal(fake_send_start(&driver.send, &odd, 4), ERROR_NONE);
}

static void configure_never_starts(void **state)
{
	(void)state;
	struct buffer buffer = BUFFER_OVER(bytes);

	fake_send_configure(&driver.send, (struct fake_control){.start = true, .loud = true});
	assert_int_equal(*at(SOURCE_CONTROL), 2);
	assert_int_equal(fake_send_start(&driver.send, &buffer, 1), ERROR_NONE);
	assert_int_equal(*at(SOURCE_CONTROL), 3);
	engine_notice();
	fake_send_configure(&driver.send, (struct fake_control){0});
	assert_int_equal(*at(SOURCE_CONTROL), 0);
	assert_false(fake_send_is_done(&driver.send)); /* asked to end, and still busy */
}

/* The first before the start, the second before the buffer is anybody's. */
static void a_barrier_on_each_side(void **state)
{
	(void)state;
	struct buffer buffer = BUFFER_OVER(bytes);

	assert_int_equal(fake_send_start(&driver.send, &buffer, 0), ERROR_SIZE);
	assert_int_equal(barriers, 0);
	assert_int_equal(fake_send_start(&driver.send, &buffer, 1), ERROR_NONE);
	assert_int_equal(barriers, 1);
	assert_int_equal(barriers_at_start, 0);
	engine_notice();
	engine_send();
	buffer = fake_send_take(&driver.send);
	assert_int_equal(barriers, 2);
	assert_int_equal(buffer_size(&buffer), BYTES);
}

static void take_before_start(void)
{
	(void)fake_send_take(&driver.send);
}

static void take_while_busy(void)
{
	struct buffer buffer = BUFFER_OVER(bytes);

	(void)fake_send_start(&driver.send, &buffer, 1);
	engine_notice();
	(void)fake_send_take(&driver.send);
}

static void take_twice(void)
{
	struct buffer buffer = BUFFER_OVER(bytes);

	(void)fake_send_start(&driver.send, &buffer, 1);
	engine_notice();
	engine_send();
	(void)fake_send_take(&driver.send);
	(void)fake_send_take(&driver.send);
}

static void init_twice(void)
{
	fake_send_init(&driver.send, &block.registers);
}

static void start_without_registers(void)
{
	static struct fake_send unbound;
	struct buffer buffer = BUFFER_OVER(bytes);

	(void)fake_send_start(&unbound, &buffer, 1);
}

static void traps(void (*mistake)(void))
{
	pid_t child = fork();
	int status = 0;

	if (child == 0) {
		(void)signal(SIGILL, SIG_DFL); /* cmocka catches it */
		mistake();
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGILL);
}

static void mistakes_trap(void **state)
{
	(void)state;
	traps(take_before_start);
	traps(take_while_busy);
	traps(take_twice);
	traps(init_twice);
	traps(start_without_registers);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(buffer_is_the_hardwares_until_it_is_done, setup),
	    cmocka_unit_test_setup(both_directions_at_once, setup),
	    cmocka_unit_test_setup(second_start_is_refused_while_held_or_busy, setup),
	    cmocka_unit_test_setup(lengths_end_with_the_buffer_and_the_register, setup),
	    cmocka_unit_test_setup(addresses_that_the_hardware_would_round_are_refused, setup),
	    cmocka_unit_test_setup(configure_never_starts, setup),
	    cmocka_unit_test_setup(a_barrier_on_each_side, setup),
	    cmocka_unit_test_setup(mistakes_trap, setup),
	};

	return cmocka_run_group_tests_name("dma", tests, NULL, NULL);
}
