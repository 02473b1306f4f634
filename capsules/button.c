/* System-call driver 0x3: buttons, each on a pin.
 *
 * Which buttons a process wants to hear of is a word of bits in its grant, and goes with it. Nobody tells
 * a driver that a process ended: a change that no grant wants stops the watching. */

#include <capsules/button.h>

enum {
	COMMAND_COUNT = 0,
	COMMAND_WATCH = 1,
	COMMAND_IGNORE = 2,
	COMMAND_READ = 3,

	UPCALL_CHANGED = 0,
};

static bool button_is_pressed(const struct button_driver *self, struct gpio_input *input)
{
	return gpio_input_get(input) == self->pressed_when_high;
}

static bool button_driver_is_wanted(struct button_driver *self, uint32_t bit)
{
	uint32_t wanted = 0;

	GRANT_EACH(button_grant, app, &self->grant) {
		wanted |= app.state->wanted;
	}
	return (wanted & bit) != 0;
}

static void button_driver_changed(struct button_driver *self, uint32_t number)
{
	struct gpio_input *input = gpio_inputs_at(self->inputs, number);
	bool is_wanted = false;

	if (input == NULL) {
		return;
	}
	bool pressed = button_is_pressed(self, input);

	GRANT_EACH(button_grant, app, &self->grant) {
		if ((app.state->wanted & 1u << number) == 0) {
			continue;
		}
		is_wanted = true;
		/* An upcall that finds no room is counted by the kernel; there is nobody to tell. */
		(void)upcall_schedule(app.access, UPCALL_CHANGED, number, pressed, 0);
	}
	if (!is_wanted) {
		gpio_input_watch(input, false);
	}
}

GPIO_INPUT_CLIENT_IMPLEMENT(button_driver, struct button_driver, client,
			    .changed = button_driver_changed);

static struct command_result button_driver_want(struct button_driver *self,
						struct process_id caller, struct gpio_input *input,
						uint32_t bit, bool on)
{
	struct command_result result = command_failure(ERROR_NOMEM);

	GRANT_ENTER(button_grant, app, &self->grant, caller) {
		app.state->wanted &= ~bit;
		if (on) {
			app.state->wanted |= bit;
		}
		result = command_success();
	}
	gpio_input_watch(input, button_driver_is_wanted(self, bit));
	return result;
}

static struct command_result button_driver_command(struct button_driver *self,
						   struct process_id caller, uint32_t command,
						   uint32_t index, uint32_t unused,
						   struct command_reply *reply)
{
	(void)unused;
	if (command == COMMAND_COUNT) {
		return command_success_u32(reply, gpio_inputs_count(self->inputs));
	}
	if (command > COMMAND_READ) {
		return command_failure(ERROR_NOSUPPORT);
	}

	struct gpio_input *input = gpio_inputs_at(self->inputs, index);

	if (input == NULL) {
		return command_failure(ERROR_INVAL);
	}
	if (command == COMMAND_READ) {
		return command_success_u32(reply, button_is_pressed(self, input));
	}
	return button_driver_want(self, caller, input, 1u << index, command == COMMAND_WATCH);
}

DRIVER_IMPLEMENT(button_driver, struct button_driver, driver, .command = button_driver_command);

void button_driver_init(struct button_driver *self, struct gpio_inputs inputs, enum gpio_pull pull,
			bool pressed_when_high)
{
	require(gpio_inputs_count(inputs) <= BUTTONS_MAX);
	self->inputs = inputs;
	self->pressed_when_high = pressed_when_high;
	button_grant_init(&self->grant);
	driver_bind(&self->driver, &button_driver_driver_operations, &self->grant.grant);
	gpio_input_client_bind(&self->client, &button_driver_gpio_input_client_operations);
	for (uint32_t i = 0; i < gpio_inputs_count(inputs); i++) {
		struct gpio_input *input = gpio_inputs_at(inputs, i);

		if (input != NULL) {
			gpio_input_set_client(input, &self->client, i);
			gpio_input_make_input(input, pull);
		}
	}
}
