#pragma once

#include <chips/lm3s/gpio_registers.h>
#include <hil/gpio_input.h>
#include <kernel/interrupt.h>
#include <stdint.h>

/* Pins of one GPIO port of the LM3S6965, used as inputs.
 *
 * A port has one interrupt for its eight pins: struct lm3s_gpio_inputs takes it and tells the pins
 * that it is of. Other pins of the port are left alone, whatever they are used as.
 *
 *   N1  One interrupt tells each pin of the port at most once.
 *   N2  A pin is pulled one way at most: make_input() ends the other.
 *
 * RAM: 11 words a port, 6 words a pin. Wiring: the port's clock gate open, `interrupt` at the
 * port's line.
 *
 *     lm3s_gpio_inputs_init(&port_e, GPIO_E);
 *     lm3s_gpio_input_init(&up, &port_e, 0);
 */

struct lm3s_gpio_input {
	struct gpio_input gpio_input;
	struct lm3s_gpio_registers *registers;
	struct lm3s_gpio_data_register *level; /* the view of the data register with this pin */
	uint32_t mask;                         /* one bit of the low eight */
};

struct lm3s_gpio_inputs {
	struct interrupt_handler interrupt;
	struct lm3s_gpio_registers *registers;
	struct lm3s_gpio_input *inputs[LM3S_GPIO_PORT_PINS];
	uint32_t count;
};

void lm3s_gpio_inputs_init(struct lm3s_gpio_inputs *self, struct lm3s_gpio_registers *registers);

/* `pin` is 0 to 7; a higher one traps, and so does a ninth of one port. Leaves the pin as it is:
 * make_input() comes next. */
void lm3s_gpio_input_init(struct lm3s_gpio_input *self, struct lm3s_gpio_inputs *port,
			  uint32_t pin);
