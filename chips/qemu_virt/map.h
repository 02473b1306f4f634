#pragma once

/* Where the peripherals of QEMU's RISC-V machine `virt` are, and which line of the PLIC each one
 * raises. Plain numbers: a board makes register blocks of the addresses that it hands out, and
 * lists handlers by line. Source: the device tree that the machine makes (-M dumpdtb=FILE). */

enum qemu_virt_address {
	QEMU_VIRT_TEST_ADDRESS = 0x00100000,
	QEMU_VIRT_CLINT_ADDRESS = 0x02000000,
	QEMU_VIRT_CLINT_COUNTER_ADDRESS = 0x0200BFF8,
	QEMU_VIRT_PLIC_ADDRESS = 0x0C000000,
	QEMU_VIRT_UART_ADDRESS = 0x10000000,
};

enum qemu_virt_interrupt_line {
	QEMU_VIRT_UART_LINE = 10,
};
