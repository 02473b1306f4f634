# The check of every capsule's and chip driver's object. Included by kernel/kernel.mk, behind its rules;
# see tools/object_check/README.md. The kernel links only when no object holds what it should not.

OBJECT_CHECK_TOOL  := build/tools/object_check
OBJECT_CHECK_FILES := $(wildcard tools/object_check/*.c) tools/tbf/command_line.c tools/tbf/file.c

# The same with sanitizers, for the tests.
OBJECT_CHECK_ASAN  := build/tests/tools/object_check-asan

$(OBJECT_CHECK_ASAN): OBJECT_CHECK_SANITIZE = $(TOOLS_SANITIZE)
$(OBJECT_CHECK_TOOL) $(OBJECT_CHECK_ASAN): $(OBJECT_CHECK_FILES) \
		$(wildcard tools/object_check/*.h tools/tbf/command_line.h tools/tbf/file.h)
	$(call say,HOSTCC,$@)
	@mkdir -p $(@D)
	$(Q)$(HOSTCC) $(TOOLS_FLAGS) $(OBJECT_CHECK_SANITIZE) $(OBJECT_CHECK_FILES) -lelf -o $@

# What each room may call: the functions that the headers it may include declare
# (tools/check_includes.py says which these are).
HIL_HEADERS      := $(wildcard hil/include/hil/*.h)
API_capsules     := $(addprefix kernel/include/kernel/,capsule.h clock.h credential_checker.h fault_policy.h observer.h \
	panic_reporter.h panic_writer.h process_control.h resume_client.h share.h system_call_filter.h system_reset.h) $(HIL_HEADERS) \
	$(wildcard capsules/*.h)
API_chips        := $(filter-out %/board.h %/entry.h,$(wildcard kernel/include/kernel/*.h)) $(HIL_HEADERS) \
	$(wildcard $(CHIPS)/*.h)

$(BUILD)/api_%.txt: tools/object_check/list_api.sh tools/object_check/object_check.mk
	@mkdir -p $(@D)
	$(Q)tools/object_check/list_api.sh '$(CC_gcc) -std=gnu17 -ffreestanding $(KERNEL_INCLUDE)' $(API_$*) >$@
$(BUILD)/api_capsules.txt: $(API_capsules) $(wildcard kernel/include/kernel/*.h)
$(BUILD)/api_chips.txt: $(API_chips) $(wildcard kernel/include/kernel/*.h)

# capsules/console.c: console; capsules/small/memory_map.c: memory_map; chips/lm3s/uart.c: lm3s_uart
own_prefix = $(if $(filter capsules/%,$(1)),$(notdir $(1:.c=)),$(subst /,_,$(patsubst chips/%.c,%,$(1))))

CHECKED_OBJECTS := $(CHECKED_SOURCES:%=$(BUILD)/kernel/%.o)

ifeq ($(COMPILER),gcc)
$(BUILD)/kernel.elf: $(CHECKED_OBJECTS:%=%.checked)
endif

$(CHECKED_OBJECTS:%=%.checked): $(BUILD)/kernel/%.o.checked: $(BUILD)/kernel/%.o $(OBJECT_CHECK_TOOL) \
		$(BUILD)/api_capsules.txt $(BUILD)/api_chips.txt
	$(Q)$(OBJECT_CHECK_TOOL) --api $(BUILD)/api_$(firstword $(subst /, ,$*)).txt --prefix $(call own_prefix,$*) $<
	@touch $@

##   test-object-check  what the object check refuses, on both architectures
.PHONY: test-object-check
test-object-check: $(OBJECT_CHECK_ASAN)
	@for board in $(BOARDS); do $(MAKE) --quiet BOARD=$$board kernel || exit 1; done
	@$(PYTEST_PARALLEL) tests/object_check

# What only the running kernel can find out about a capsule ends in a trap: how many, and their price.
TRAPS = $(PYTHON) tools/object_check/traps.py $(TRAPS_FLAGS) --cost '$(filter-out -MMD -MP,$(KERNEL_CC) $(KERNEL_CFLAGS)) $(TRAPS_gcc)' \
	$(CHECKED_SOURCES) $(TOOL_PREFIX) $(BUILD)/kernel.elf

##   traps           the traps in capsules and chip drivers, and what they cost; TRAPS_FLAGS=--lines
.PHONY: traps traps-of-board where
traps-of-board: $(BUILD)/kernel.elf $(OBJECT_CHECK_TOOL)
	@echo 'Traps in the kernel of $(BOARD)'
	@$(TRAPS)

traps:
	@for board in $(BOARDS); do $(MAKE) --quiet BOARD=$$board traps-of-board || exit 1; done

##   where           file and line of an address in the kernel, as a panic prints it: make where PC=0x1234
where: $(BUILD)/kernel.elf
	@$(PYTHON) tools/object_check/traps.py --where $(PC) $(TOOL_PREFIX) $<
