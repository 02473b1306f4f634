# Host tests of the capsules, under the address and undefined-behaviour sanitizers. Included by the
# top-level Makefile; also works alone: make -f tests/unit/capsules/tests.mk test-unit-capsules

HOST_CC ?= gcc

# Each NAME is tests/unit/capsules/NAME_test.c, linked with these capsules.
CAPSULE_TESTS := alarm button console debug_log fault_line fault_rules ipc led line_editor lm75 load_line low_level_debug \
	memory_map panic_report permission_filter process_console process_overview process_reporter read_only_state sha256 \
	sha256_checker storage_permission temperature text virtual_alarm virtual_uart

CAPSULE_TEST_alarm            := alarm virtual_alarm
CAPSULE_TEST_button           := button
CAPSULE_TEST_console          := console virtual_uart
CAPSULE_TEST_debug_log        := debug_log text virtual_uart
CAPSULE_TEST_fault_line       := fault_line fault_owner process_words text
CAPSULE_TEST_fault_rules      := fault_rules
CAPSULE_TEST_ipc              := ipc
CAPSULE_TEST_led              := led
CAPSULE_TEST_line_editor      := line_editor line_words text
CAPSULE_TEST_lm75             := lm75
CAPSULE_TEST_load_line        := load_line text
CAPSULE_TEST_low_level_debug  := low_level_debug text
CAPSULE_TEST_memory_map       := memory_map text
CAPSULE_TEST_panic_report     := debug_log fault_line fault_owner memory_map panic_report process_overview process_words text
CAPSULE_TEST_process_console  := console debug_log line_editor line_words memory_map process_console process_console_commands \
	process_console_completion process_console_stats process_console_table process_overview process_words text virtual_uart
CAPSULE_TEST_process_overview := memory_map process_overview process_words text
CAPSULE_TEST_permission_filter := permission_filter
CAPSULE_TEST_process_reporter := console fault_line fault_owner load_line memory_map process_reporter process_words text \
	virtual_uart
CAPSULE_TEST_read_only_state  := read_only_state
CAPSULE_TEST_sha256           := sha256
CAPSULE_TEST_sha256_checker   := sha256 sha256_checker
CAPSULE_TEST_storage_permission := storage_permission
CAPSULE_TEST_temperature      := temperature
CAPSULE_TEST_text             := text
CAPSULE_TEST_virtual_alarm    := virtual_alarm
CAPSULE_TEST_virtual_uart     := virtual_uart

CAPSULE_TEST_FLAGS = -std=gnu17 -O1 -g -Wall -Wextra -Werror -Wno-attributes -fwrapv \
	-fsanitize=address,undefined -fno-sanitize-recover=all \
	-I kernel/include -I hil/include -I arch/include -I . -DDEBUG_LOG_LINKED=1 -DBOARD_PROCESS_SLOTS=$(CAPSULE_TEST_SLOTS)
CAPSULE_TEST_HEADERS := $(wildcard capsules/*.h kernel/include/kernel/*.h hil/include/hil/*.h) \
	tests/unit/capsules/fake_kernel.h
CAPSULE_TEST_PROGRAMS := $(CAPSULE_TESTS:%=build/tests/unit/capsules/%_test)

# Enough for some levels of its heap.
CAPSULE_TEST_SLOTS := 4
build/tests/unit/capsules/alarm_test: CAPSULE_TEST_SLOTS := 21

# $(call capsule_test,NAME)
define capsule_test
build/tests/unit/capsules/$(1)_test: tests/unit/capsules/$(1)_test.c \
		tests/unit/capsules/fake_kernel.c $(CAPSULE_TEST_$(1):%=capsules/%.c) \
		$(CAPSULE_TEST_HEADERS)
	$$(call say,TEST,$$@)
	@mkdir -p $$(@D)
	$$(Q)$$(HOST_CC) $$(CAPSULE_TEST_FLAGS) $$(filter %.c,$$^) -lcmocka -o $$@
endef
$(foreach test,$(CAPSULE_TESTS),$(eval $(call capsule_test,$(test))))

.PHONY: test-unit-capsules
test-unit-capsules: $(CAPSULE_TEST_PROGRAMS)
	$(Q)tests/unit/run.sh $^
	$(Q)/usr/bin/python3 tests/unit/capsules/sha256_test.py build/tests/unit/capsules/sha256_test
