/* System-call driver 0x3: clauses B1 to B3. */

#include "fake_kernel.h"
#include <capsules/button.h>

enum {
	COUNT = 0,
	WATCH = 1,
	IGNORE = 2,
	READ = 3,
	BUTTONS = 3,
	CHANGED = 0,
};

struct fake_input {
	struct gpio_input gpio_input;
	bool is_input;
	bool is_high;
	bool is_watched;
	enum gpio_pull pull;
};

static struct fake_input inputs[BUTTONS];
static struct gpio_input *const input_list[] = {&inputs[0].gpio_input, &inputs[1].gpio_input,
						&inputs[2].gpio_input};
static struct button_driver buttons;
static struct process_id ids[FAKE_PROCESSES];

static void input_make_input(struct fake_input *self, enum gpio_pull pull)
{
	self->is_input = true;
	self->is_watched = false;
	self->pull = pull;
}

static bool input_get(struct fake_input *self)
{
	assert_true(self->is_input);
	return self->is_high;
}

static void input_watch(struct fake_input *self, bool on)
{
	assert_true(self->is_input);
	self->is_watched = on;
}

GPIO_INPUT_IMPLEMENT(fake, struct fake_input, gpio_input, .make_input = input_make_input,
		     .get = input_get, .watch = input_watch);

static void start(bool pressed_when_high)
{
	fake_kernel_reset();
	for (uint32_t i = 0; i < FAKE_PROCESSES; i++) {
		ids[i] = fake_process_start(i);
	}
	for (uint32_t i = 0; i < BUTTONS; i++) {
		inputs[i] = (struct fake_input){.is_high = !pressed_when_high};
		gpio_input_bind(&inputs[i].gpio_input, &fake_gpio_input_operations);
	}
	button_driver_init(&buttons, GPIO_INPUTS_OVER(input_list), GPIO_PULL_DOWN,
			   pressed_when_high);
}

static struct fake_answer command(uint32_t slot, uint32_t number, uint32_t button)
{
	return fake_command(&buttons.driver, ids[slot], number, button, 0);
}

static void level(uint32_t button, bool high)
{
	bool changes = inputs[button].is_high != high;

	inputs[button].is_high = high;
	if (changes && inputs[button].is_watched) {
		gpio_input_changed(&inputs[button].gpio_input);
	}
}

static void states_are_read(bool pressed_when_high)
{
	start(pressed_when_high);
	EXPECT_VALUE(command(0, COUNT, 7), BUTTONS);
	for (uint32_t i = 0; i < BUTTONS; i++) {
		assert_true(inputs[i].is_input);
		assert_int_equal(inputs[i].pull, GPIO_PULL_DOWN);
		assert_false(inputs[i].is_watched);
		EXPECT_VALUE(command(0, READ, i), 0);
	}
	level(1, pressed_when_high);
	EXPECT_VALUE(command(0, READ, 0), 0);
	EXPECT_VALUE(command(0, READ, 1), 1);
	EXPECT_VALUE(command(0, READ, 2), 0);
	assert_null(fake_processes[0].grant);
}

static void buttons_pressed_when_high(void **state)
{
	(void)state;
	states_are_read(true);
}

static void buttons_pressed_when_low(void **state)
{
	(void)state;
	states_are_read(false);
}

static void who_asked_is_told_of_both_edges(void **state)
{
	(void)state;
	start(false);
	EXPECT_SUCCESS(command(0, WATCH, 2));
	EXPECT_SUCCESS(command(0, WATCH, 2));
	EXPECT_SUCCESS(command(1, WATCH, 1));
	EXPECT_SUCCESS(command(1, WATCH, 2));
	level(2, false);
	fake_expect_upcall(0, CHANGED, 2, 1, 0);
	fake_expect_upcall(1, CHANGED, 2, 1, 0);
	level(2, true);
	fake_expect_upcall(0, CHANGED, 2, 0, 0);
	fake_expect_upcall(1, CHANGED, 2, 0, 0);
	level(1, false);
	fake_expect_no_upcall(0);
	fake_expect_upcall(1, CHANGED, 1, 1, 0);
	level(0, false);
	for (uint32_t slot = 0; slot < FAKE_PROCESSES; slot++) {
		fake_expect_no_upcall(slot);
	}
}

static void watching_ends_with_the_last_who_asked(void **state)
{
	(void)state;
	start(true);
	EXPECT_SUCCESS(command(0, WATCH, 0));
	EXPECT_SUCCESS(command(0, WATCH, 1));
	EXPECT_SUCCESS(command(1, WATCH, 1));
	EXPECT_SUCCESS(command(0, IGNORE, 1));
	assert_true(inputs[1].is_watched);
	level(1, true);
	fake_expect_no_upcall(0);
	fake_expect_upcall(1, CHANGED, 1, 1, 0);
	EXPECT_SUCCESS(command(1, IGNORE, 1));
	EXPECT_SUCCESS(command(1, IGNORE, 1));
	assert_false(inputs[1].is_watched);
	assert_true(inputs[0].is_watched);
	EXPECT_SUCCESS(command(2, IGNORE, 0));
	assert_true(inputs[0].is_watched);
}

static void an_ended_process_keeps_no_pin_watched(void **state)
{
	(void)state;
	start(true);
	EXPECT_SUCCESS(command(0, WATCH, 0));
	EXPECT_SUCCESS(command(1, WATCH, 0));
	fake_process_end(0);
	level(0, true);
	fake_expect_upcall(1, CHANGED, 0, 1, 0);
	fake_process_end(1);
	ids[1] = fake_process_start(1);
	assert_true(inputs[0].is_watched);
	level(0, false);
	fake_expect_no_upcall(1);
	assert_false(inputs[0].is_watched);
}

static void a_full_queue_stops_nobody(void **state)
{
	(void)state;
	start(true);
	EXPECT_SUCCESS(command(0, WATCH, 0));
	EXPECT_SUCCESS(command(1, WATCH, 0));
	fake_processes[0].queue_is_full = true;
	level(0, true);
	fake_expect_no_upcall(0);
	fake_expect_upcall(1, CHANGED, 0, 1, 0);
	fake_processes[0].queue_is_full = false;
	level(0, false);
	fake_expect_upcall(0, CHANGED, 0, 0, 0);
}

static void refuses_what_does_not_exist(void **state)
{
	(void)state;
	start(true);
	for (uint32_t number = WATCH; number <= READ; number++) {
		EXPECT_FAILURE(command(0, number, BUTTONS), ERROR_INVAL);
		EXPECT_FAILURE(command(0, number, 32), ERROR_INVAL);
		EXPECT_FAILURE(command(0, number, UINT32_MAX), ERROR_INVAL);
	}
	assert_null(fake_processes[0].grant);
	EXPECT_FAILURE(command(0, READ + 1, 0), ERROR_NOSUPPORT);
	EXPECT_FAILURE(command(0, UINT32_MAX, BUTTONS), ERROR_NOSUPPORT);
}

static void refuses_who_has_no_memory(void **state)
{
	(void)state;
	start(true);
	EXPECT_SUCCESS(command(1, WATCH, 0));
	fake_processes[0].has_no_memory = true;
	EXPECT_FAILURE(command(0, WATCH, 0), ERROR_NOMEM);
	EXPECT_FAILURE(command(0, IGNORE, 0), ERROR_NOMEM);
	EXPECT_FAILURE(command(0, WATCH, 1), ERROR_NOMEM);
	assert_true(inputs[0].is_watched);
	assert_false(inputs[1].is_watched);
	EXPECT_VALUE(command(0, READ, 0), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(buttons_pressed_when_high),
	    cmocka_unit_test(buttons_pressed_when_low),
	    cmocka_unit_test(who_asked_is_told_of_both_edges),
	    cmocka_unit_test(watching_ends_with_the_last_who_asked),
	    cmocka_unit_test(an_ended_process_keeps_no_pin_watched),
	    cmocka_unit_test(a_full_queue_stops_nobody),
	    cmocka_unit_test(refuses_what_does_not_exist),
	    cmocka_unit_test(refuses_who_has_no_memory),
	};

	return cmocka_run_group_tests_name("button", tests, NULL, NULL);
}
