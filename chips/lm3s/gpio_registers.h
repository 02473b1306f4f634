#pragma once

#include <kernel/register.h>

/* Data sheet, chapter "General-Purpose Input/Outputs (GPIOs)", "Register Map". Bits 7:0 of each are
 * the port's pins. */

REGISTER_READ_WRITE(lm3s_gpio_data, uint32_t, 0x00000000);         /* GPIODATA */
REGISTER_BITS(lm3s_gpio_direction, uint32_t, 0x00000000);          /* GPIODIR, 1: output */
REGISTER_BITS(lm3s_gpio_alternate_function, uint32_t, 0x00000000); /* GPIOAFSEL, 1: peripheral's */
REGISTER_BITS(lm3s_gpio_digital_enable, uint32_t, 0x00000000);     /* GPIODEN */

struct lm3s_gpio_registers {
	/* 256 views of one register: the index is a mask of the pins that the access touches
	 * ("Data Register Operation"), so that no read-modify-write is needed. */
	struct lm3s_gpio_data_register data[256] AT_OFFSET(0x000);
	struct lm3s_gpio_direction_register direction AT_OFFSET(0x400);
	uint32_t reserved_404[7];
	struct lm3s_gpio_alternate_function_register alternate_function AT_OFFSET(0x420);
	uint32_t reserved_424[62];
	struct lm3s_gpio_digital_enable_register digital_enable AT_OFFSET(0x51C);
};
