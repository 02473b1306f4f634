/* System-call driver 0x2: lights, each on a pin. */

#include <capsules/led.h>

enum {
	COMMAND_COUNT = 0,
	COMMAND_ON = 1,
	COMMAND_OFF = 2,
	COMMAND_TOGGLE = 3,
	COMMAND_READ = 4,
};

static void led_light(const struct led_driver *self, struct gpio_pin *pin, bool lit)
{
	gpio_pin_set(pin, lit == self->lit_when_high);
}

static bool led_is_lit(const struct led_driver *self, struct gpio_pin *pin)
{
	return gpio_pin_get(pin) == self->lit_when_high;
}

static struct command_result led_driver_command(struct led_driver *self, struct process_id caller,
						uint32_t command, uint32_t index, uint32_t unused,
						struct command_reply *reply)
{
	(void)caller;
	(void)unused;
	if (command == COMMAND_COUNT) {
		return command_success_u32(reply, gpio_pins_count(self->pins));
	}
	if (command > COMMAND_READ) {
		return command_failure(ERROR_NOSUPPORT);
	}

	struct gpio_pin *pin = gpio_pins_at(self->pins, index);

	if (pin == NULL) {
		return command_failure(ERROR_INVAL);
	}

	switch (command) {
	case COMMAND_ON:
		led_light(self, pin, true);
		break;
	case COMMAND_OFF:
		led_light(self, pin, false);
		break;
	case COMMAND_TOGGLE:
		led_light(self, pin, !led_is_lit(self, pin));
		break;
	default: /* COMMAND_READ */
		return command_success_u32(reply, led_is_lit(self, pin));
	}
	return command_success();
}

DRIVER_IMPLEMENT(led_driver, struct led_driver, driver, .command = led_driver_command);

void led_driver_init(struct led_driver *self, struct gpio_pins pins, bool lit_when_high)
{
	self->pins = pins;
	self->lit_when_high = lit_when_high;
	driver_bind(&self->driver, &led_driver_driver_operations, NULL);
	for (uint32_t i = 0; i < gpio_pins_count(pins); i++) {
		struct gpio_pin *pin = gpio_pins_at(pins, i);

		if (pin != NULL) {
			gpio_pin_make_output(pin);
			led_light(self, pin, false);
		}
	}
}
