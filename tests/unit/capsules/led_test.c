/* System-call driver 0x2. */

#include "fake_kernel.h"
#include <capsules/led.h>

enum {
	COUNT = 0,
	ON = 1,
	OFF = 2,
	TOGGLE = 3,
	READ = 4,
	LEDS = 3
};

static struct fake_pin pins[LEDS];
static struct gpio_pin *const pin_list[] = {&pins[0].gpio_pin, &pins[1].gpio_pin,
					    &pins[2].gpio_pin};
static struct led_driver leds;
static struct process_id caller;

static void start(bool lit_when_high)
{
	fake_kernel_reset();
	caller = fake_process_start(0);
	for (uint32_t i = 0; i < LEDS; i++) {
		fake_pin_init(&pins[i]);
	}
	led_driver_init(&leds, GPIO_PINS_OVER(pin_list), lit_when_high);
}

static struct fake_answer command(uint32_t number, uint32_t index)
{
	return fake_command(&leds.driver, caller, number, index, 0);
}

static void lights_follow(bool lit_when_high)
{
	start(lit_when_high);
	for (uint32_t i = 0; i < LEDS; i++) {
		assert_true(pins[i].is_output);
		assert_int_equal(pins[i].is_high, !lit_when_high);
	}
	EXPECT_VALUE(command(COUNT, 0), LEDS);
	EXPECT_SUCCESS(command(ON, 1));
	EXPECT_VALUE(command(READ, 0), 0);
	EXPECT_VALUE(command(READ, 1), 1);
	EXPECT_VALUE(command(READ, 2), 0);
	assert_int_equal(pins[1].is_high, lit_when_high);
	assert_int_equal(pins[2].is_high, !lit_when_high);
	EXPECT_SUCCESS(command(TOGGLE, 2));
	assert_int_equal(pins[2].is_high, lit_when_high);
	EXPECT_SUCCESS(command(TOGGLE, 2));
	assert_int_equal(pins[2].is_high, !lit_when_high);
	EXPECT_SUCCESS(command(OFF, 1));
	EXPECT_SUCCESS(command(OFF, 1));
	assert_int_equal(pins[1].is_high, !lit_when_high);
}

static void lights_that_are_lit_when_high(void **state)
{
	(void)state;
	lights_follow(true);
}

static void lights_that_are_lit_when_low(void **state)
{
	(void)state;
	lights_follow(false);
}

static void refuses_what_does_not_exist(void **state)
{
	(void)state;
	start(true);
	for (uint32_t number = ON; number <= READ; number++) {
		EXPECT_FAILURE(command(number, LEDS), ERROR_INVAL);
		EXPECT_FAILURE(command(number, UINT32_MAX), ERROR_INVAL);
	}
	EXPECT_FAILURE(command(READ + 1, 0), ERROR_NOSUPPORT);
	EXPECT_FAILURE(command(UINT32_MAX, LEDS), ERROR_NOSUPPORT);
	for (uint32_t i = 0; i < LEDS; i++) {
		assert_false(pins[i].is_high);
	}
}

static void keeps_nothing_for_processes(void **state)
{
	(void)state;
	start(true);
	assert_null(leds.driver.private_grant);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(lights_that_are_lit_when_high),
	    cmocka_unit_test(lights_that_are_lit_when_low),
	    cmocka_unit_test(refuses_what_does_not_exist),
	    cmocka_unit_test(keeps_nothing_for_processes),
	};

	return cmocka_run_group_tests_name("led", tests, NULL, NULL);
}
