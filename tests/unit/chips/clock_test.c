/* The clock driver over registers that stand still, from the values that they have after reset. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <chips/lm3s/clock.h>
#include <cmocka.h>

enum {
	PLL_LOCKED = 1 << 6,
	BYPASS_PLL = 1 << 11,
	PLL_OFF = 1 << 13,
	USE_DIVIDER = 1 << 22,
};

/* The driver sees some registers read-only; the model writes them. */
static union {
	struct lm3s_system_control_registers registers;
	uint32_t words[sizeof(struct lm3s_system_control_registers) / sizeof(uint32_t)];
} block;

static int setup(void **state)
{
	(void)state;
	for (uint32_t word = 0; word < sizeof(block.words) / sizeof(uint32_t); word++) {
		block.words[word] = 0;
	}
	block.words[0x000 / 4] = 0x10010100;
	block.registers.run_clock = 0x078E3AD1;
	block.registers.run_clock_2 = 0x07802810;
	return 0;
}

static void fifty_megahertz_from_the_pll(void **state)
{
	(void)state;
	block.words[0x050 / 4] = PLL_LOCKED;
	assert_int_equal(lm3s_clock_init(&block.registers), 50000000);
	uint32_t run_clock = block.registers.run_clock;
	assert_int_equal(run_clock >> 23 & 0xF, 3); /* 200 MHz / (3 + 1) */
	assert_int_equal(run_clock >> 6 & 0xF, 0xE);
	assert_int_equal(run_clock >> 4 & 3, 0);
	assert_int_equal(run_clock & 1, 0);
	assert_int_equal(run_clock & (PLL_OFF | BYPASS_PLL | USE_DIVIDER), USE_DIVIDER);
	assert_int_equal(block.registers.ldo_power, 0);
}

static void crystal_when_the_pll_does_not_lock(void **state)
{
	(void)state;
	assert_int_equal(lm3s_clock_init(&block.registers), 8000000);
	uint32_t run_clock = block.registers.run_clock;
	assert_int_equal(run_clock >> 4 & 3, 0);
	assert_int_equal(run_clock & (BYPASS_PLL | USE_DIVIDER), BYPASS_PLL);
}

static void what_a_loader_set_in_the_second_register_is_overruled(void **state)
{
	(void)state;
	block.words[0x050 / 4] = PLL_LOCKED;
	block.registers.run_clock_2 |= 1u << 31;
	(void)lm3s_clock_init(&block.registers);
	assert_int_equal(block.registers.run_clock_2, 0x07802810);
}

static void revision_a2_gets_more_voltage(void **state)
{
	(void)state;
	block.words[0x000 / 4] = 0x10010002;
	block.words[0x050 / 4] = PLL_LOCKED;
	(void)lm3s_clock_init(&block.registers);
	assert_int_equal(block.registers.ldo_power, 0x1B);
}

static void gates_open_and_stay_open(void **state)
{
	(void)state;
	block.registers.gates_2 = 1 << 7;
	lm3s_clock_open_gates(&block.registers, LM3S_CLOCK_GATE_0_WATCHDOG,
			      LM3S_CLOCK_GATE_1_UART0 | LM3S_CLOCK_GATE_1_TIMER0,
			      LM3S_CLOCK_GATE_2_GPIO_A);
	lm3s_clock_open_gates(&block.registers, 0, 0, LM3S_CLOCK_GATE_2_GPIO_F);
	assert_int_equal(block.registers.gates_0, 0x8);
	assert_int_equal(block.registers.gates_1, 0x10001);
	assert_int_equal(block.registers.gates_2, 0xA1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(fifty_megahertz_from_the_pll, setup),
	    cmocka_unit_test_setup(crystal_when_the_pll_does_not_lock, setup),
	    cmocka_unit_test_setup(what_a_loader_set_in_the_second_register_is_overruled, setup),
	    cmocka_unit_test_setup(revision_a2_gets_more_voltage, setup),
	    cmocka_unit_test_setup(gates_open_and_stay_open, setup),
	};

	return cmocka_run_group_tests_name("clock", tests, NULL, NULL);
}
