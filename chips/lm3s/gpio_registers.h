#pragma once

#include <kernel/register.h>

/* Data sheet, chapter "General-Purpose Input/Outputs (GPIOs)", "Register Map". Bits 7:0 of each are
 * the port's pins. */

REGISTER_READ_WRITE(lm3s_gpio_data, uint32_t, 0x00000000);             /* GPIODATA */
REGISTER_BITS(lm3s_gpio_direction, uint32_t, 0x00000000);              /* GPIODIR, 1: output */
REGISTER_BITS(lm3s_gpio_interrupt_levels, uint32_t, 0x00000000);       /* GPIOIS, 0: edges */
REGISTER_BITS(lm3s_gpio_interrupt_both_edges, uint32_t, 0x00000000);   /* GPIOIBE, 1: both */
REGISTER_BITS(lm3s_gpio_interrupt_rising, uint32_t, 0x00000000);       /* GPIOIEV, if not both */
REGISTER_BITS(lm3s_gpio_interrupt_mask, uint32_t, 0x00000000);         /* GPIOIM, 1: through */
REGISTER_READ_ONLY(lm3s_gpio_interrupts_raw, uint32_t, 0x00000000);    /* GPIORIS */
REGISTER_READ_ONLY(lm3s_gpio_interrupts_masked, uint32_t, 0x00000000); /* GPIOMIS */
REGISTER_WRITE_1_TO_CLEAR(lm3s_gpio_interrupts, uint32_t);             /* GPIOICR */
REGISTER_BITS(lm3s_gpio_alternate_function, uint32_t, 0x00000000); /* GPIOAFSEL, 1: peripheral's */
REGISTER_BITS(lm3s_gpio_open_drain, uint32_t, 0x00000000);         /* GPIOODR */
REGISTER_BITS(lm3s_gpio_pull_up, uint32_t, 0x00000000);            /* GPIOPUR */
REGISTER_BITS(lm3s_gpio_pull_down, uint32_t, 0x00000000);          /* GPIOPDR */
REGISTER_BITS(lm3s_gpio_digital_enable, uint32_t, 0x00000000);     /* GPIODEN */

enum {
	LM3S_GPIO_PORT_PINS = 8,
};

struct lm3s_gpio_registers {
	/* 256 views of one register: the index is a mask of the pins that the access touches
	 * ("Data Register Operation"), so that no read-modify-write is needed. */
	struct lm3s_gpio_data_register data[256] AT_OFFSET(0x000);
	struct lm3s_gpio_direction_register direction AT_OFFSET(0x400);
	struct lm3s_gpio_interrupt_levels_register interrupt_levels AT_OFFSET(0x404);
	struct lm3s_gpio_interrupt_both_edges_register interrupt_both_edges AT_OFFSET(0x408);
	struct lm3s_gpio_interrupt_rising_register interrupt_rising AT_OFFSET(0x40C);
	struct lm3s_gpio_interrupt_mask_register interrupt_mask AT_OFFSET(0x410);
	struct lm3s_gpio_interrupts_raw_register interrupts_raw AT_OFFSET(0x414);
	struct lm3s_gpio_interrupts_masked_register interrupts_masked AT_OFFSET(0x418);
	struct lm3s_gpio_interrupts_register interrupts AT_OFFSET(0x41C); /* written: cleared */
	struct lm3s_gpio_alternate_function_register alternate_function AT_OFFSET(0x420);
	uint32_t reserved_424[58];
	struct lm3s_gpio_open_drain_register open_drain AT_OFFSET(0x50C);
	struct lm3s_gpio_pull_up_register pull_up AT_OFFSET(0x510);
	struct lm3s_gpio_pull_down_register pull_down AT_OFFSET(0x514);
	uint32_t reserved_518[1];
	struct lm3s_gpio_digital_enable_register digital_enable AT_OFFSET(0x51C);
};
