#pragma once

#include <chips/qemu_virt/test_device_registers.h>
#include <kernel/system_reset.h>

/* QEMU's "sifive_test" device: a write ends the emulation or, as here, resets the machine.
 *
 * RAM: two words. */

struct qemu_virt_test_device {
	struct system_reset system_reset;
	struct qemu_virt_test_registers *registers;
};

void qemu_virt_test_device_init(struct qemu_virt_test_device *self,
				struct qemu_virt_test_registers *registers);
