/* The GPIO pin driver: it touches its own pin's bits and its own view of the data register. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <chips/lm3s/gpio_pin.h>
#include <cmocka.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

/* Data sheet, "Register Map". */
enum offset {
	GPIODATA = 0x000, /* 256 views */
	GPIODIR = 0x400,
	GPIOAFSEL = 0x420,
	GPIOODR = 0x50C,
	GPIODEN = 0x51C,
};

/* What the driver makes of its typed registers, word by word. */
static union {
	struct lm3s_gpio_registers registers;
	uint32_t words[sizeof(struct lm3s_gpio_registers) / sizeof(uint32_t)];
} block;
static struct lm3s_gpio_pin pin;

static uint32_t *at(enum offset offset)
{
	return &block.words[offset / 4];
}

static uint32_t *view(uint32_t mask)
{
	return &block.words[GPIODATA / 4 + mask];
}

static int setup(void **state)
{
	(void)state;
	for (uint32_t word = 0; word < sizeof(block.words) / sizeof(uint32_t); word++) {
		block.words[word] = 0;
	}
	lm3s_gpio_pin_init(&pin, &block.registers, 5);
	return 0;
}

static void output_is_low_and_the_other_pins_stay(void **state)
{
	(void)state;
	*at(GPIOAFSEL) = 0xFF;
	*at(GPIODIR) = 0x02;
	*at(GPIODEN) = 0x80;
	*view(0x20) = 0xFF;
	gpio_pin_make_output(&pin.gpio_pin);
	assert_int_equal(*at(GPIOAFSEL), 0xDF);
	assert_int_equal(*at(GPIODIR), 0x22);
	assert_int_equal(*at(GPIODEN), 0xA0);
	assert_int_equal(*view(0x20), 0);
	assert_false(gpio_pin_get(&pin.gpio_pin));
}

static void level_goes_through_the_pins_own_view(void **state)
{
	(void)state;
	gpio_pin_set(&pin.gpio_pin, true);
	assert_int_equal(*view(0x20) & 0x20, 0x20);
	assert_true(gpio_pin_get(&pin.gpio_pin));
	gpio_pin_set(&pin.gpio_pin, false);
	assert_int_equal(*view(0x20) & 0x20, 0);
	assert_false(gpio_pin_get(&pin.gpio_pin));
	for (uint32_t mask = 0; mask < 256; mask++) {
		assert_int_equal(*view(mask), 0);
	}
}

static void pins_go_to_their_peripheral(void **state)
{
	(void)state;
	*at(GPIOAFSEL) = 0x10;
	lm3s_gpio_pins_to_peripheral(&block.registers, 0x03);
	assert_int_equal(*at(GPIOAFSEL), 0x13);
	assert_int_equal(*at(GPIODEN), 0x03);
}

static void pins_that_pull_low_only(void **state)
{
	(void)state;
	*at(GPIOODR) = 0x80;
	lm3s_gpio_pins_to_open_drain(&block.registers, 0x0C);
	assert_int_equal(*at(GPIOODR), 0x8C);
	assert_int_equal(*at(GPIOAFSEL), 0x0C);
	assert_int_equal(*at(GPIODEN), 0x0C);
}

static void ninth_pin_traps(void **state)
{
	(void)state;
	pid_t child = fork();
	int status = 0;

	if (child == 0) {
		(void)signal(SIGILL, SIG_DFL); /* cmocka catches it */
		lm3s_gpio_pin_init(&pin, &block.registers, 8);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(output_is_low_and_the_other_pins_stay, setup),
	    cmocka_unit_test_setup(level_goes_through_the_pins_own_view, setup),
	    cmocka_unit_test_setup(pins_go_to_their_peripheral, setup),
	    cmocka_unit_test_setup(pins_that_pull_low_only, setup),
	    cmocka_unit_test_setup(ninth_pin_traps, setup),
	};

	return cmocka_run_group_tests_name("gpio_pin", tests, NULL, NULL);
}
