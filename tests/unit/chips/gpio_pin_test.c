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

static struct lm3s_gpio_registers registers;
static struct lm3s_gpio_pin pin;

static int setup(void **state)
{
	(void)state;
	registers = (struct lm3s_gpio_registers){0};
	lm3s_gpio_pin_init(&pin, &registers, 5);
	return 0;
}

static void output_is_low_and_the_other_pins_stay(void **state)
{
	(void)state;
	registers.alternate_function = 0xFF;
	registers.direction = 0x02;
	registers.digital_enable = 0x80;
	registers.data[0x20] = 0xFF;
	gpio_pin_make_output(&pin.gpio_pin);
	assert_int_equal(registers.alternate_function, 0xDF);
	assert_int_equal(registers.direction, 0x22);
	assert_int_equal(registers.digital_enable, 0xA0);
	assert_int_equal(registers.data[0x20], 0);
	assert_false(gpio_pin_get(&pin.gpio_pin));
}

static void level_goes_through_the_pins_own_view(void **state)
{
	(void)state;
	gpio_pin_set(&pin.gpio_pin, true);
	assert_int_equal(registers.data[0x20] & 0x20, 0x20);
	assert_true(gpio_pin_get(&pin.gpio_pin));
	gpio_pin_set(&pin.gpio_pin, false);
	assert_int_equal(registers.data[0x20] & 0x20, 0);
	assert_false(gpio_pin_get(&pin.gpio_pin));
	for (uint32_t view = 0; view < 256; view++) {
		assert_int_equal(registers.data[view], 0);
	}
}

static void pins_go_to_their_peripheral(void **state)
{
	(void)state;
	registers.alternate_function = 0x10;
	lm3s_gpio_pins_to_peripheral(&registers, 0x03);
	assert_int_equal(registers.alternate_function, 0x13);
	assert_int_equal(registers.digital_enable, 0x03);
}

static void ninth_pin_traps(void **state)
{
	(void)state;
	pid_t child = fork();
	int status = 0;

	if (child == 0) {
		(void)signal(SIGILL, SIG_DFL); /* cmocka catches it */
		lm3s_gpio_pin_init(&pin, &registers, 8);
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
	    cmocka_unit_test_setup(ninth_pin_traps, setup),
	};

	return cmocka_run_group_tests_name("gpio_pin", tests, NULL, NULL);
}
