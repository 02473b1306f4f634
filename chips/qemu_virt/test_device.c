#include <chips/qemu_virt/test_device.h>

/* What is written to `finish`. */
enum finish {
	FINISH_RESET = 0x7777,
};

static void test_device_reset(struct qemu_virt_test_device *self)
{
	self->registers->finish = FINISH_RESET;
}

SYSTEM_RESET_IMPLEMENT(test_device, struct qemu_virt_test_device, system_reset,
		       .reset = test_device_reset);

void qemu_virt_test_device_init(struct qemu_virt_test_device *self,
				struct qemu_virt_test_registers *registers)
{
	self->registers = registers;
	system_reset_bind(&self->system_reset, &test_device_system_reset_operations);
}
