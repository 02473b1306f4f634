/* Registers of each access right over a block in RAM: which bits a value has, and what each function
 * does to the word. Then what the drivers' declarations say about their registers after reset, field
 * by field: the whole words are compared with QEMU's in tests/qemu/test_registers.py. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <chips/lm3s/system_control_registers.h>
#include <chips/lm3s/uart_registers.h>
#include <chips/qemu_virt/uart16550_registers.h>
#include <cmocka.h>
#include <kernel/register.h>
#include <stdbool.h>

enum speed {
	SPEED_SLOW,
	SPEED_FAST = 0xE,
};

/* `speed` lies across a byte's end, `count` across two. */
struct mixed {
	bool first : 1;
	uint32_t reserved_1 : 5;
	uint32_t speed : 4 VALUES_OF(speed);
	uint32_t count : 16;
	uint32_t reserved_26 : 5;
	bool last : 1;
};
REGISTER_READ_ONLY(mixed_read, struct mixed, 0x80000001);
REGISTER_WRITE_ONLY(mixed_written, struct mixed);
REGISTER_READ_WRITE(mixed, struct mixed, 0x04000380);
REGISTER_BITS(mixed_bits, struct mixed, RESET_UNKNOWN);
REGISTER_WRITE_1_TO_CLEAR(mixed_cleared, struct mixed);
REGISTER_READ_WRITE_1_TO_CLEAR(mixed_both, struct mixed, 0x00000000);

struct narrow {
	uint8_t low : 3;
	uint8_t speed : 4 VALUES_OF(speed);
	bool high : 1;
};
REGISTER_READ_WRITE(narrow, struct narrow, 0x81);
REGISTER_BITS(pins, uint8_t, 0x00);
REGISTER_READ_WRITE(half, uint16_t, 0xBEEF);

struct test_registers {
	struct mixed_read_register read;
	struct mixed_written_register written;
	struct mixed_register both;
	struct mixed_bits_register bits;
	struct mixed_cleared_register cleared;
	struct mixed_both_register both_cleared;
	struct narrow_register narrow;
	struct pins_register pins;
	struct half_register half;
};

static union {
	struct test_registers registers;
	uint32_t words[sizeof(struct test_registers) / sizeof(uint32_t)];
	uint8_t bytes[sizeof(struct test_registers)];
} block;

static int setup(void **state)
{
	(void)state;
	for (uint32_t index = 0; index < sizeof(block.bytes); index++) {
		block.bytes[index] = 0xA5;
	}
	return 0;
}

static void registers_take_their_width_and_no_more(void **state)
{
	(void)state;
	assert_int_equal(sizeof(struct mixed_register), 4);
	assert_int_equal(sizeof(struct narrow_register), 1);
	assert_int_equal(sizeof(struct half_register), 2);
	assert_int_equal(offsetof(struct test_registers, pins), 25);
	assert_int_equal(offsetof(struct test_registers, half), 26);
}

static void fields_begin_at_the_least_significant_bit(void **state)
{
	(void)state;
	struct mixed value = {.first = true, .speed = SPEED_FAST, .count = 0xFFFE, .last = true};

	mixed_write(&block.registers.both, value);
	assert_int_equal(block.words[2], 0x83FFFB81);
	assert_int_equal(block.words[1], 0xA5A5A5A5);
	assert_int_equal(block.words[3], 0xA5A5A5A5);
	narrow_write(&block.registers.narrow,
		     (struct narrow){.low = 5, .speed = SPEED_FAST, .high = true});
	assert_int_equal(block.bytes[24], 0xF5);
	assert_int_equal(block.bytes[25], 0xA5);
}

static void what_is_read_is_what_is_there(void **state)
{
	(void)state;
	block.words[0] = 0x02AAABC0;
	struct mixed value = mixed_read_read(&block.registers.read);
	assert_false(value.first);
	assert_int_equal(value.speed, 0xF);
	assert_int_equal(value.count, 0xAAAA);
	assert_false(value.last);
	block.words[2] = 0xFFFFFFFF;
	value = mixed_read_read(&block.registers.read);
	assert_int_equal(value.reserved_1, 0);
	value = mixed_read(&block.registers.both);
	assert_int_equal(value.reserved_1, 0x1F);
	assert_int_equal(value.speed, 0xF);
}

/* As a driver changes one field: the others, and the reserved ones, stay. */
static void one_field_is_changed(void **state)
{
	(void)state;
	struct mixed value = mixed_read(&block.registers.both);

	value.speed = SPEED_SLOW;
	mixed_write(&block.registers.both, value);
	assert_int_equal(block.words[2], 0xA5A5A425);
}

static void written_words_do_not_need_the_old_ones(void **state)
{
	(void)state;
	mixed_written_write(&block.registers.written, (struct mixed){.last = true});
	assert_int_equal(block.words[1], 0x80000000);
	half_write(&block.registers.half, 0x1234);
	assert_int_equal(block.bytes[26], 0x34);
	assert_int_equal(block.bytes[27], 0x12);
	assert_int_equal(half_read(&block.registers.half), 0x1234);
}

static void bits_are_set_and_cleared_beside_others(void **state)
{
	(void)state;
	mixed_bits_set(&block.registers.bits, (struct mixed){.speed = 0x1, .count = 0x2});
	assert_int_equal(block.words[3], 0xA5A5ADE5);
	mixed_bits_clear(&block.registers.bits, (struct mixed){.first = true, .last = true});
	assert_int_equal(block.words[3], 0x25A5ADE4);
	pins_set(&block.registers.pins, 0x0A);
	assert_int_equal(block.bytes[25], 0xAF);
	pins_clear(&block.registers.pins, 0x81);
	assert_int_equal(block.bytes[25], 0x2E);
}

/* A one clears: nothing is read, and no other bit is written back. */
static void cleared_by_ones(void **state)
{
	(void)state;
	mixed_cleared_clear(&block.registers.cleared, (struct mixed){.first = true});
	assert_int_equal(block.words[4], 1);
	mixed_both_clear(&block.registers.both_cleared, (struct mixed){.last = true});
	assert_int_equal(block.words[5], 0x80000000);
	assert_true(mixed_both_read(&block.registers.both_cleared).last);
}

static void reset_values_touch_nothing(void **state)
{
	(void)state;
	assert_true(mixed_read_reset_value().first);
	assert_true(mixed_read_reset_value().last);
	assert_int_equal(mixed_reset_value().speed, SPEED_FAST);
	assert_int_equal(mixed_reset_value().reserved_26, 1);
	assert_int_equal(narrow_reset_value().low, 1);
	assert_int_equal(half_reset_value(), 0xBEEF);
	for (uint32_t index = 0; index < sizeof(block.bytes); index++) {
		assert_int_equal(block.bytes[index], 0xA5);
	}
}

/* LM3S6965 data sheet, "System Control": on the internal oscillator, PLL off and bypassed. */
static void lm3s_clock_after_reset(void **state)
{
	(void)state;
	struct lm3s_run_clock run_clock = lm3s_run_clock_reset_value();

	assert_true(run_clock.crystal_off);
	assert_false(run_clock.internal_off);
	assert_int_equal(run_clock.source, LM3S_CLOCK_SOURCE_INTERNAL);
	assert_int_equal(run_clock.crystal, LM3S_CRYSTAL_6_MHZ);
	assert_true(run_clock.bypass_pll);
	assert_true(run_clock.pll_off);
	assert_int_equal(run_clock.pwm_divider, 7);
	assert_false(run_clock.use_divider);
	assert_int_equal(run_clock.divider, 15);
	assert_true(lm3s_run_clock_2_reset_value().bypass_pll);
	assert_true(lm3s_run_clock_2_reset_value().pll_off);
	assert_false(lm3s_run_clock_2_reset_value().overrides);
	assert_int_equal(lm3s_run_clock_2_reset_value().divider, 15);
	assert_int_equal(lm3s_run_clock_2_reset_value().source, 1);
	assert_true(lm3s_clock_gates_0_reset_value().hibernation);
}

/* The same, "UARTs"; and PC16550D, table I. */
static void ports_after_reset(void **state)
{
	(void)state;
	assert_true(lm3s_uart_flags_reset_value().receive_empty);
	assert_true(lm3s_uart_flags_reset_value().transmit_empty);
	assert_false(lm3s_uart_flags_reset_value().busy);
	assert_true(lm3s_uart_control_reset_value().transmit);
	assert_true(lm3s_uart_control_reset_value().receive);
	assert_false(lm3s_uart_control_reset_value().enable);
	assert_int_equal(lm3s_uart_fifo_levels_reset_value().transmit, LM3S_UART_LEVEL_HALF);
	assert_int_equal(lm3s_uart_fifo_levels_reset_value().receive, LM3S_UART_LEVEL_HALF);
	assert_true(uart16550_line_status_reset_value().transmit_empty);
	assert_true(uart16550_line_status_reset_value().silent);
	assert_false(uart16550_line_status_reset_value().received);
	assert_true(uart16550_interrupt_identity_reset_value().none_pending);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(registers_take_their_width_and_no_more, setup),
	    cmocka_unit_test_setup(fields_begin_at_the_least_significant_bit, setup),
	    cmocka_unit_test_setup(what_is_read_is_what_is_there, setup),
	    cmocka_unit_test_setup(one_field_is_changed, setup),
	    cmocka_unit_test_setup(written_words_do_not_need_the_old_ones, setup),
	    cmocka_unit_test_setup(bits_are_set_and_cleared_beside_others, setup),
	    cmocka_unit_test_setup(cleared_by_ones, setup),
	    cmocka_unit_test_setup(reset_values_touch_nothing, setup),
	    cmocka_unit_test_setup(lm3s_clock_after_reset, setup),
	    cmocka_unit_test_setup(ports_after_reset, setup),
	};

	return cmocka_run_group_tests_name("register", tests, NULL, NULL);
}
