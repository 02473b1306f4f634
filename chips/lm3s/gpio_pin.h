#pragma once

#include <chips/lm3s/gpio_registers.h>
#include <hil/gpio_pin.h>
#include <stdint.h>

/* One pin of a GPIO port of the LM3S6965, used as an output.
 *
 * The port's eight pins share their registers; each driver changes only the bits of its own pin.
 * RAM: four words. Wiring: the port's clock gate open. */

struct lm3s_gpio_pin {
	struct gpio_pin gpio_pin;
	struct lm3s_gpio_registers *registers;
	struct lm3s_gpio_data_register *level; /* the view of the data register with this pin */
	uint32_t mask;                         /* one bit of the low eight */
};

/* `pin` is 0 to 7; anything else traps. Leaves the pin as it is: make_output() comes next. */
void lm3s_gpio_pin_init(struct lm3s_gpio_pin *self, struct lm3s_gpio_registers *registers,
			uint32_t pin);

/* Hands pins of a port to the peripheral that shares them (port A: 0 and 1 are UART0's receive and
 * transmit). `pins` is a mask of the low eight bits. For boards, before the peripheral's driver. */
void lm3s_gpio_pins_to_peripheral(struct lm3s_gpio_registers *registers, uint32_t pins);

/* The same for a peripheral that only ever pulls its pins low (port B: 2 and 3 are I2C0's clock and data).
 * What pulls them up is on the board. */
void lm3s_gpio_pins_to_open_drain(struct lm3s_gpio_registers *registers, uint32_t pins);
