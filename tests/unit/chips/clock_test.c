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

/* Data sheet, "Register Map". */
enum offset {
	DID0 = 0x000,
	LDOPCTL = 0x034,
	RIS = 0x050,
	MISC = 0x058,
	RCC = 0x060,
	RCC2 = 0x070,
	RCGC0 = 0x100,
	RCGC1 = 0x104,
	RCGC2 = 0x108,
};

/* What the driver makes of its typed registers, word by word. */
static union {
	struct lm3s_system_control_registers registers;
	uint32_t words[sizeof(struct lm3s_system_control_registers) / sizeof(uint32_t)];
} block;

static uint32_t *at(enum offset offset)
{
	return &block.words[offset / 4];
}

static int setup(void **state)
{
	(void)state;
	for (uint32_t word = 0; word < sizeof(block.words) / sizeof(uint32_t); word++) {
		block.words[word] = 0;
	}
	*at(DID0) = 0x10010100;
	*at(RCC) = 0x078E3AD1;
	*at(RCC2) = 0x07802810;
	return 0;
}

static void fifty_megahertz_from_the_pll(void **state)
{
	(void)state;
	*at(RIS) = PLL_LOCKED;
	assert_int_equal(lm3s_clock_init(&block.registers), 50000000);
	uint32_t run_clock = *at(RCC);
	assert_int_equal(run_clock >> 23 & 0xF, 3); /* 200 MHz / (3 + 1) */
	assert_int_equal(run_clock >> 6 & 0xF, 0xE);
	assert_int_equal(run_clock >> 4 & 3, 0);
	assert_int_equal(run_clock & 1, 0);
	assert_int_equal(run_clock & (PLL_OFF | BYPASS_PLL | USE_DIVIDER), USE_DIVIDER);
	assert_int_equal(*at(LDOPCTL), 0);
	assert_int_equal(*at(MISC), PLL_LOCKED); /* cleared by writing a one */
}

static void crystal_when_the_pll_does_not_lock(void **state)
{
	(void)state;
	assert_int_equal(lm3s_clock_init(&block.registers), 8000000);
	uint32_t run_clock = *at(RCC);
	assert_int_equal(run_clock >> 4 & 3, 0);
	assert_int_equal(run_clock & (BYPASS_PLL | USE_DIVIDER), BYPASS_PLL);
}

static void what_a_loader_set_in_the_second_register_is_overruled(void **state)
{
	(void)state;
	*at(RIS) = PLL_LOCKED;
	*at(RCC2) |= 1u << 31;
	(void)lm3s_clock_init(&block.registers);
	assert_int_equal(*at(RCC2), 0x07802810);
}

static void revision_a2_gets_more_voltage(void **state)
{
	(void)state;
	*at(DID0) = 0x10010002;
	*at(RIS) = PLL_LOCKED;
	(void)lm3s_clock_init(&block.registers);
	assert_int_equal(*at(LDOPCTL), 0x1B);
}

static void gates_open_and_stay_open(void **state)
{
	(void)state;
	*at(RCGC2) = 1 << 7;
	lm3s_clock_open_gates(&block.registers, (struct lm3s_clock_gates_0){.watchdog = true},
			      (struct lm3s_clock_gates_1){.uart0 = true, .timer0 = true},
			      (struct lm3s_clock_gates_2){.gpio_a = true});
	lm3s_clock_open_gates(&block.registers, (struct lm3s_clock_gates_0){0},
			      (struct lm3s_clock_gates_1){0},
			      (struct lm3s_clock_gates_2){.gpio_f = true});
	assert_int_equal(*at(RCGC0), 0x8);
	assert_int_equal(*at(RCGC1), 0x10001);
	assert_int_equal(*at(RCGC2), 0xA1);
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
