/* QEMU's test device: what is written where. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <chips/qemu_virt/test_device.h>
#include <cmocka.h>

static void reset_writes_the_word_for_it(void **state)
{
	union {
		struct qemu_virt_test_registers registers;
		uint32_t word;
	} place = {0};
	struct qemu_virt_test_device device;

	(void)state;
	qemu_virt_test_device_init(&device, &place.registers);
	assert_int_equal(place.word, 0);
	device.system_reset.private_operations->reset(&device.system_reset);
	assert_int_equal(place.word, 0x7777);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(reset_writes_the_word_for_it),
	};

	return cmocka_run_group_tests_name("test_device", tests, NULL, NULL);
}
