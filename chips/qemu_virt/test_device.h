#pragma once

#include <kernel/system_reset.h>
#include <stdint.h>

/* QEMU's "sifive_test" device: a write ends the emulation or, as here, resets the machine.
 *
 * RAM: two words. */

/* hw/misc/sifive_test.c, include/hw/misc/sifive_test.h in QEMU. */
struct qemu_virt_test_registers {
	volatile uint32_t finish; /* 0x0 */
};

struct qemu_virt_test_device {
	struct system_reset system_reset;
	struct qemu_virt_test_registers *registers;
};

void qemu_virt_test_device_init(struct qemu_virt_test_device *self,
				struct qemu_virt_test_registers *registers);
