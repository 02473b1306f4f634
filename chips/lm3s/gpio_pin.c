#include <chips/lm3s/gpio_pin.h>

/* A pin is reached through the view of the data register whose index is the pin's own bit: writing
 * all ones or zero there changes that pin and no other, and reading there gives its bit alone. */

enum {
	ALL_PINS = 0xFF,
};

static void pin_set(struct lm3s_gpio_pin *self, bool high)
{
	lm3s_gpio_data_write(self->level, high ? ALL_PINS : 0);
}

static bool pin_get(struct lm3s_gpio_pin *self)
{
	return lm3s_gpio_data_read(self->level) != 0;
}

/* The pin is connected last, so that nothing but the low level is ever seen on it. The data
 * register takes bits of outputs only: direction comes before level. */
static void pin_make_output(struct lm3s_gpio_pin *self)
{
	struct lm3s_gpio_registers *registers = self->registers;

	lm3s_gpio_digital_enable_clear(&registers->digital_enable, self->mask);
	lm3s_gpio_alternate_function_clear(&registers->alternate_function, self->mask);
	lm3s_gpio_direction_set(&registers->direction, self->mask);
	pin_set(self, false);
	lm3s_gpio_digital_enable_set(&registers->digital_enable, self->mask);
}

GPIO_PIN_IMPLEMENT(lm3s, struct lm3s_gpio_pin, gpio_pin, .make_output = pin_make_output,
		   .set = pin_set, .get = pin_get);

void lm3s_gpio_pin_init(struct lm3s_gpio_pin *self, struct lm3s_gpio_registers *registers,
			uint32_t pin)
{
	require(pin < LM3S_GPIO_PORT_PINS);
	self->registers = registers;
	self->level = ELEMENT(registers->data, 1u << pin);
	self->mask = 1u << pin;
	gpio_pin_bind(&self->gpio_pin, &lm3s_gpio_pin_operations);
}

void lm3s_gpio_pins_to_peripheral(struct lm3s_gpio_registers *registers, uint32_t pins)
{
	lm3s_gpio_alternate_function_set(&registers->alternate_function, pins);
	lm3s_gpio_digital_enable_set(&registers->digital_enable, pins);
}

void lm3s_gpio_pins_to_open_drain(struct lm3s_gpio_registers *registers, uint32_t pins)
{
	lm3s_gpio_open_drain_set(&registers->open_drain, pins);
	lm3s_gpio_pins_to_peripheral(registers, pins);
}
