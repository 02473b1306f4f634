# How the kernel of one board is built. Included by the Makefile after board.mk and arch.mk.

KERNEL_FILES := deferred_call.c fault_policy.c grant.c identity.c kernel.c loader.c memory.c memory_functions.c panic.c \
	process.c process_control.c process_info.c processor_time.c share.c span.c system_call.c tbf.c upcall.c $(KERNEL:%=%.c)

TRUSTED_SOURCES := $(KERNEL_FILES:%=kernel/%) $(ARCH_SOURCES:%=arch/$(ARCH)/%)
CHECKED_SOURCES := $(CAPSULES:%=capsules/%.c) $(wildcard $(CHIPS)/*.c)
BOARD_SOURCES   := boards/$(BOARD)/board.c
CHOICE_SOURCES  := boards/credentials_$(CREDENTIALS).c
KERNEL_SOURCES  := $(TRUSTED_SOURCES) $(CHECKED_SOURCES) $(BOARD_SOURCES) $(CHOICE_SOURCES)
KERNEL_OBJECTS  := $(KERNEL_SOURCES:%=$(BUILD)/kernel/%.o)

COMPILER ?= gcc
CC_gcc   := $(TOOL_PREFIX)gcc $(CPU_FLAGS)
CC_clang := clang-19 $(CLANG_TARGET) $(CPU_FLAGS) -Qunused-arguments
DEBUG_gcc   := -g
DEBUG_clang := -gdwarf-4 # Debian's linker for RISC-V fails on what clang 19 makes of newer ones
# A loop that is memset must not become a call of itself.
LOOPS_gcc   := -fno-tree-loop-distribute-patterns
LOOPS_clang := -fno-builtin
TRAPS_gcc   := -fsanitize=bounds-strict,shift,integer-divide-by-zero -fsanitize-undefined-trap-on-error
TRAPS_clang := -fsanitize=array-bounds,shift,integer-divide-by-zero -fsanitize-trap=all

KERNEL_CC      := $(CC_$(COMPILER))
# The name of this build, which the process console tells: a commit, where there is a repository.
KERNEL_BUILD := $(or $(shell git describe --always 2>/dev/null),unknown)
BUILD_NAME   := $(BUILD)/kernel/name.txt
BOARD_OBJECTS := $(BOARD_SOURCES:%=$(BUILD)/kernel/%.o)
BOARD_BITCODE := $(BOARD_SOURCES:%=$(BUILD)/kernel/%.bc)
BOARD_FLAGS   := -DKERNEL_BUILD='"$(KERNEL_BUILD)"'
$(BOARD_OBJECTS): KERNEL_CFLAGS += $(BOARD_FLAGS)
$(BOARD_BITCODE): BITCODE_FLAGS += $(BOARD_FLAGS)
$(BOARD_OBJECTS) $(BOARD_BITCODE): $(BUILD_NAME)

# Written when the name has changed, and only then.
.PHONY: build-name
$(BUILD_NAME): $(if $(filter $(KERNEL_BUILD),$(shell cat $(BUILD_NAME) 2>/dev/null)),,build-name)
	@mkdir -p $(@D)
	$(Q)echo '$(KERNEL_BUILD)' >$@

# Where headers are, whether the board has a debug log (hil/debug_log.h), and how many processes (kernel/process_slots.h).
KERNEL_INCLUDE := -I . -I kernel/include -I hil/include -I arch/include -I arch/$(ARCH)/include \
	-DDEBUG_LOG_LINKED=$(words $(filter debug_log,$(CAPSULES))) -DBOARD_PROCESS_SLOTS=$(strip $(PROCESS_SLOTS))
KERNEL_CFLAGS  := -std=gnu17 -Os $(DEBUG_$(COMPILER)) -ffreestanding -ffunction-sections -fno-common \
	-fwrapv -fno-strict-aliasing -fno-delete-null-pointer-checks -ftrivial-auto-var-init=zero \
	$(LOOPS_$(COMPILER)) -Wall -Wextra -Werror -Wno-attributes -MMD -MP $(KERNEL_INCLUDE)

# What only a bug could do wrong is checked by the compiler where code is not trusted.
$(CHECKED_SOURCES:%=$(BUILD)/kernel/%.o): KERNEL_CFLAGS += $(TRAPS_$(COMPILER))

# What every system call runs through is worth more flash, unless board.mk says SPEED := no. GCC would follow jumps to find
# that an argument is already in the register of the one to pass, and therefore keep it in another one meanwhile.
HOT_gcc     := -O2 -fno-cse-follow-jumps
HOT_clang   := -O2
HOT_FLAGS   := $(if $(filter no,$(SPEED)),,$(HOT_$(COMPILER)))
HOT_SOURCES := kernel/system_call.c
$(HOT_SOURCES:%=$(BUILD)/kernel/%.o): KERNEL_CFLAGS += $(HOT_FLAGS)

# What people wait for, or happens once, is compiled to be smaller still, where an architecture has a way.
COLD_SOURCES := $(addprefix kernel/,fault_policy.c loader.c panic.c process_control.c process_info.c tbf.c) \
	$(addprefix capsules/,debug_log.c fault_line.c fault_owner.c fault_rules.c line_editor.c line_words.c load_line.c low_level_debug.c memory_map.c \
	panic_report.c process_console.c process_console_commands.c process_console_completion.c \
	process_console_stats.c process_console_table.c process_overview.c \
	process_reporter.c process_words.c read_only_state.c text.c) $(BOARD_SOURCES)
ifeq ($(SPEED),no)
COLD_SOURCES := $(filter-out kernel/memory_functions.c,$(filter %.c,$(KERNEL_SOURCES))) # which may call nothing
endif
$(COLD_SOURCES:%=$(BUILD)/kernel/%.o): KERNEL_CFLAGS += $(COLD_FLAGS)

$(BUILD)/kernel/%.o: % kernel/kernel.mk arch/$(ARCH)/arch.mk boards/$(BOARD)/board.mk
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(KERNEL_CC) $(KERNEL_CFLAGS) -c -o $@ $<

# Linked twice: where the traps are is known after the first time, and what tells it comes last in the
# second, so that nothing moves.
LAYOUT      := boards/$(BOARD)/layout.ld
LINK_INPUTS := $(KERNEL_OBJECTS) $(LAYOUT) arch/$(ARCH)/kernel.ld $(BUILD)/stack.ld
kernel_link = $(TOOL_PREFIX)gcc $(LINK_FLAGS) -nostdlib -static -Wl,--gc-sections -Wl,--fatal-warnings \
		-Wl,-z,max-page-size=4 -Wl,-z,noexecstack -Wl,--no-warn-rwx-segments -Wl,-Map=$(@:.elf=.map) \
		-L $(BUILD) -T $(LAYOUT) -o $@ $(KERNEL_OBJECTS) $(1) -lgcc

TRAP_PLACES := $(BUILD)/trap_places
$(BUILD)/kernel/kernel/trap_places_none.c.o: KERNEL_CFLAGS += $(CALL_GRAPH_FLAGS_$(COMPILER))

$(TRAP_PLACES)/kernel.elf: $(LINK_INPUTS) $(BUILD)/kernel/kernel/trap_places_none.c.o build/tools/object_check
	@mkdir -p $(@D)
	$(Q)$(call kernel_link,$(BUILD)/kernel/kernel/trap_places_none.c.o)
	$(Q)build/tools/object_check --traps $@ >$(TRAP_PLACES)/places.txt

$(TRAP_PLACES)/table.c: $(TRAP_PLACES)/kernel.elf tools/object_check/traps.py build/tools/object_check
	$(Q)$(PYTHON) tools/object_check/traps.py --table $(TOOL_PREFIX) $< >$@

$(TRAP_PLACES)/table.o: $(TRAP_PLACES)/table.c kernel/trap_places.h
	$(Q)$(KERNEL_CC) $(KERNEL_CFLAGS) -I kernel -c -o $@ $<

# A board does without it by TRAP_TABLE := none; `make where` tells the place of an address in any image.
TRAP_TABLE_none   := $(BUILD)/kernel/kernel/trap_places_none.c.o
TRAP_TABLE_OBJECT := $(or $(TRAP_TABLE_$(TRAP_TABLE)),$(TRAP_PLACES)/table.o)

$(BUILD)/kernel.elf: $(LINK_INPUTS) $(TRAP_PLACES)/kernel.elf $(TRAP_TABLE_OBJECT)
	$(call say,LINK,$@)
	$(Q)$(call kernel_link,$(TRAP_TABLE_OBJECT))
	$(Q)$(KERNEL_VERIFY)
	$(Q)build/tools/object_check --traps $@ | cmp - $(TRAP_PLACES)/places.txt

# What the kernel may take. The budget is for the board as it is released, which is built in build/BOARD;
# other compilers, schedulers, and what tests link are built elsewhere.
BUDGET ?= $(if $(filter build/$(BOARD),$(BUILD)),boards/$(BOARD)/budget.txt)
BUDGET_CHECKED := $(if $(BUDGET),$(BUILD)/budget.checked)

$(BUILD)/budget.checked: $(BUILD)/kernel.elf $(BUDGET) tools/size.py
	$(Q)$(PYTHON) tools/size.py --budget $(BUDGET) $(BUILD)
	@touch $@

include tools/object_check/object_check.mk
include tools/call_graph/call_graph.mk

-include $(KERNEL_OBJECTS:.o=.d)
