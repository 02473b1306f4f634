#pragma once

/* Where the LM3S6965's peripherals are, and which interrupt line each one raises.
 *
 * Plain numbers: a board makes register blocks of the addresses that it hands out, and lists
 * handlers by line. Data sheet: tables "Memory Map" and "Interrupts" of the chapter on the
 * processor. */

enum lm3s_address {
	LM3S_WATCHDOG_ADDRESS = 0x40000000,
	LM3S_GPIO_A_ADDRESS = 0x40004000,
	LM3S_GPIO_B_ADDRESS = 0x40005000,
	LM3S_GPIO_D_ADDRESS = 0x40007000,
	LM3S_UART0_ADDRESS = 0x4000C000,
	LM3S_I2C0_ADDRESS = 0x40020000,
	LM3S_GPIO_E_ADDRESS = 0x40024000,
	LM3S_GPIO_F_ADDRESS = 0x40025000,
	LM3S_TIMER0_ADDRESS = 0x40030000,
	LM3S_SYSTEM_CONTROL_ADDRESS = 0x400FE000,
};

enum lm3s_interrupt_line {
	LM3S_GPIO_E_LINE = 4,
	LM3S_UART0_LINE = 5,
	LM3S_I2C0_LINE = 8,
	LM3S_WATCHDOG_LINE = 18,
	LM3S_TIMER0A_LINE = 19,
	LM3S_GPIO_F_LINE = 30,
	LM3S_LINE_COUNT = 44,
};
