#include <chips/qemu_virt/test_device.h>

static void test_device_reset(struct qemu_virt_test_device *self)
{
	test_device_command_write(&self->registers->command,
				  (struct test_device_command){.finish = TEST_DEVICE_RESET});
}

SYSTEM_RESET_IMPLEMENT(test_device, struct qemu_virt_test_device, system_reset,
		       .reset = test_device_reset);

void qemu_virt_test_device_init(struct qemu_virt_test_device *self,
				struct qemu_virt_test_registers *registers)
{
	self->registers = registers;
	system_reset_bind(&self->system_reset, &test_device_system_reset_operations);
}
