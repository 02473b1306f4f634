#pragma once

#include <hil/gpio_pin.h>
#include <stddef.h>
#include <stdint.h>

/* One pin of a GPIO port of the LM3S6965, used as an output.
 *
 * The port's eight pins share their registers; each driver changes only the bits of its own pin.
 * RAM: three words. Wiring: the port's clock gate open. */

/* Data sheet, chapter "General-Purpose Input/Outputs (GPIOs)", "Register Map". */
struct lm3s_gpio_registers {
	/* 0x000 GPIODATA. 256 views of one register: the index is a mask of the pins that the
	 * access touches ("Data Register Operation"), so that no read-modify-write is needed. */
	volatile uint32_t data[256];
	volatile uint32_t direction; /* 0x400 GPIODIR, 1: output */
	uint32_t reserved_404[7];
	volatile uint32_t alternate_function; /* 0x420 GPIOAFSEL, 1: the peripheral's */
	uint32_t reserved_424[62];
	volatile uint32_t digital_enable; /* 0x51C GPIODEN */
};

_Static_assert(offsetof(struct lm3s_gpio_registers, direction) == 0x400, "GPIODIR");
_Static_assert(offsetof(struct lm3s_gpio_registers, alternate_function) == 0x420, "GPIOAFSEL");
_Static_assert(offsetof(struct lm3s_gpio_registers, digital_enable) == 0x51C, "GPIODEN");

enum {
	LM3S_GPIO_PORT_PINS = 8,
};

struct lm3s_gpio_pin {
	struct gpio_pin gpio_pin;
	struct lm3s_gpio_registers *registers;
	uint32_t mask; /* one bit of the low eight */
};

/* `pin` is 0 to 7; anything else traps. Leaves the pin as it is: make_output() comes next. */
void lm3s_gpio_pin_init(struct lm3s_gpio_pin *self, struct lm3s_gpio_registers *registers,
			uint32_t pin);

/* Hands pins of a port to the peripheral that shares them (port A: 0 and 1 are UART0's receive and
 * transmit). `pins` is a mask of the low eight bits. For boards, before the peripheral's driver. */
void lm3s_gpio_pins_to_peripheral(struct lm3s_gpio_registers *registers, uint32_t pins);
