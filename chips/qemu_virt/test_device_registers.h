#pragma once

#include <kernel/register.h>

/* QEMU's "sifive_test" device: hw/misc/sifive_test.c, include/hw/misc/sifive_test.h. */

/* What a write does. A pass or a failure ends the emulation. */
enum test_device_finish {
	TEST_DEVICE_FAIL = 0x3333,
	TEST_DEVICE_PASS = 0x5555,
	TEST_DEVICE_RESET = 0x7777,
};

struct test_device_command {
	uint32_t finish : 16 VALUES_OF(test_device_finish);
	uint32_t code : 16; /* of a failure, for whoever started QEMU */
};
REGISTER_WRITE_ONLY(test_device_command, struct test_device_command);

struct qemu_virt_test_registers {
	struct test_device_command_register command AT_OFFSET(0x0);
};
