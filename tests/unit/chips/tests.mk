# Unit tests of the chip drivers, on the host, with register blocks in RAM. Included by the top
# Makefile; works on its own too: make -f tests/unit/chips/tests.mk test-unit-chips

HOST_CC ?= cc

UNIT_CHIPS_BUILD := build/tests/unit/chips
UNIT_CHIPS_TESTS := clint clock dma gpio_input gpio_pin i2c_master register test_device timer_alarm uart uart16550
UNIT_CHIPS_PROGRAMS := $(UNIT_CHIPS_TESTS:%=$(UNIT_CHIPS_BUILD)/%_test)

UNIT_CHIPS_CFLAGS := -std=gnu17 -O1 -g -Wall -Wextra -Werror -Wno-attributes -fno-strict-aliasing -fwrapv \
	-fsanitize=address,undefined -fno-sanitize-recover=all -MMD -MP \
	-I. -Ikernel/include -Ihil/include

$(UNIT_CHIPS_BUILD)/clint_test: chips/qemu_virt/clint.c
$(UNIT_CHIPS_BUILD)/clock_test: chips/lm3s/clock.c
$(UNIT_CHIPS_BUILD)/gpio_input_test: chips/lm3s/gpio_input.c
$(UNIT_CHIPS_BUILD)/gpio_pin_test: chips/lm3s/gpio_pin.c
$(UNIT_CHIPS_BUILD)/i2c_master_test: chips/lm3s/i2c_master.c
$(UNIT_CHIPS_BUILD)/test_device_test: chips/qemu_virt/test_device.c
$(UNIT_CHIPS_BUILD)/timer_alarm_test: chips/lm3s/timer_alarm.c
$(UNIT_CHIPS_BUILD)/uart_test: chips/lm3s/uart.c
$(UNIT_CHIPS_BUILD)/uart16550_test: chips/qemu_virt/uart16550.c

$(UNIT_CHIPS_PROGRAMS): $(UNIT_CHIPS_BUILD)/%_test: tests/unit/chips/%_test.c
	@mkdir -p $(@D)
	$(Q)$(HOST_CC) $(UNIT_CHIPS_CFLAGS) -MF $@.d $(filter %.c,$^) -lcmocka -o $@

.PHONY: test-unit-chips
test-unit-chips: $(UNIT_CHIPS_PROGRAMS)
	@tests/unit/run.sh $^

-include $(UNIT_CHIPS_PROGRAMS:%=%.d)
