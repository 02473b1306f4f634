#include <chips/lm3s/gpio_input.h>
#include <kernel/checked.h>

/* An edge is latched until it is cleared. It is cleared first and told afterwards, so that a change
 * which comes while the client looks at the level is latched anew: none can slip by.
 *
 * QEMU leaves pull-ups out of what an input reads, and its board holds the lines of the buttons low
 * from reset until each has been let go once: until then a button seems pressed. */

static void input_make_input(struct lm3s_gpio_input *self, enum gpio_pull pull)
{
	struct lm3s_gpio_registers *registers = self->registers;

	lm3s_gpio_interrupt_mask_clear(&registers->interrupt_mask, self->mask);
	lm3s_gpio_direction_clear(&registers->direction, self->mask);
	lm3s_gpio_alternate_function_clear(&registers->alternate_function, self->mask);
	lm3s_gpio_pull_up_clear(&registers->pull_up, self->mask);
	lm3s_gpio_pull_down_clear(&registers->pull_down, self->mask);
	if (pull == GPIO_PULL_UP) {
		lm3s_gpio_pull_up_set(&registers->pull_up, self->mask);
	}
	if (pull == GPIO_PULL_DOWN) {
		lm3s_gpio_pull_down_set(&registers->pull_down, self->mask);
	}
	lm3s_gpio_interrupt_levels_clear(&registers->interrupt_levels, self->mask);
	lm3s_gpio_interrupt_both_edges_set(&registers->interrupt_both_edges, self->mask);
	lm3s_gpio_digital_enable_set(&registers->digital_enable, self->mask);
}

static bool input_get(struct lm3s_gpio_input *self)
{
	return lm3s_gpio_data_read(self->level) != 0;
}

static void input_watch(struct lm3s_gpio_input *self, bool on)
{
	struct lm3s_gpio_registers *registers = self->registers;

	if (!on) {
		lm3s_gpio_interrupt_mask_clear(&registers->interrupt_mask, self->mask);
		return;
	}
	/* Who watches already must not lose an edge by asking again. */
	if ((lm3s_gpio_interrupt_mask_read(&registers->interrupt_mask) & self->mask) == 0) {
		lm3s_gpio_interrupts_clear(&registers->interrupts, self->mask);
		lm3s_gpio_interrupt_mask_set(&registers->interrupt_mask, self->mask);
	}
}

GPIO_INPUT_IMPLEMENT(lm3s, struct lm3s_gpio_input, gpio_input, .make_input = input_make_input,
		     .get = input_get, .watch = input_watch);

static void inputs_service(struct lm3s_gpio_inputs *self)
{
	struct lm3s_gpio_registers *registers = self->registers;
	uint32_t pending = lm3s_gpio_interrupts_masked_read(&registers->interrupts_masked);

	lm3s_gpio_interrupts_clear(&registers->interrupts, pending);
	FOR_EACH(struct lm3s_gpio_input, each, self->inputs) {
		if ((pending & each->mask) != 0) {
			gpio_input_changed(&each->gpio_input);
		}
	}
}

INTERRUPT_HANDLER_IMPLEMENT(lm3s_gpio_inputs, struct lm3s_gpio_inputs, interrupt,
			    .service = inputs_service);

void lm3s_gpio_inputs_init(struct lm3s_gpio_inputs *self, struct lm3s_gpio_registers *registers)
{
	self->registers = registers;
	self->count = 0;
	interrupt_handler_bind(&self->interrupt, &lm3s_gpio_inputs_interrupt_operations);
}

void lm3s_gpio_input_init(struct lm3s_gpio_input *self, struct lm3s_gpio_inputs *port, uint32_t pin)
{
	require(pin < LM3S_GPIO_PORT_PINS);
	self->registers = port->registers;
	self->level = ELEMENT(port->registers->data, 1u << pin);
	self->mask = 1u << pin;
	gpio_input_bind(&self->gpio_input, &lm3s_gpio_input_operations);
	port->inputs[port->count] = self;
	port->count++;
}
