# Applications of the board being built. Included by the top Makefile, which sets
#
#   BOARD, ARCH, BUILD                    lm3s6965evb, armv7m, build/lm3s6965evb
#
# $(BUILD)/apps/APP.tbf is application APP, which build/tools/image places where there is room;
# APP.elf is what it was packed from. APP is a folder of userland/apps with the sources of it, or
# attack_NAME for userland/apps/attack/NAME.c.
#
# build/apps/APP.tab is the application for the processors of all boards, in one archive.
#
# Tests that want to know where things are have slots: APP.SLOT.tbf is APP.tbf placed in slot number
# SLOT, and APP.SLOT.elf the same program linked for that place. With
#
#   APP_FLASH_START, APP_FLASH_SLOT       first slot for an application in flash, size of a slot
#   APP_RAM_START, APP_RAM_SLOT           the same in RAM
#
# An application may have an app.mk that sets, with its own name for APP:
#
#   APP_STACK     bytes, a multiple of 16 (1024)
#   APP_HEAP      bytes, a multiple of 8 (0)
#   APP_SOURCES   sources besides those in its folder
#   APP_NAME      its package name (APP)
#   APP_LIBC      yes: with the C library, picolibc, and userland/libc, which connects it (no)
#   APP_PACKAGE   a Debian source package, which is unpacked in build/sources/PACKAGE
#   APP_PACKAGE_SOURCES  files of it, compiled as they are: warnings are their makers' business
#   APP_PACKAGE_CFLAGS   options for these
#   APP_TBF       more options for build/tools/tbf, for example --permission 1:1
#
# USERLAND_APPS and USERLAND_ATTACKS list what there is.

# Where this folder is, and what a warning is: others than this repository's own use the rules, too (application.mk).
USERLAND ?= userland
USERLAND_WARNINGS ?= -Wall -Wextra -Werror

USERLAND_TBF ?= build/tools/tbf
USERLAND_TAB ?= build/tools/tab

USERLAND_GCC_armv7m := arm-none-eabi-gcc
USERLAND_GCC_rv32   := riscv64-unknown-elf-gcc
USERLAND_CPU_armv7m := -mcpu=cortex-m3 -mthumb
USERLAND_CPU_rv32   := -march=rv32imac_zicsr -mabi=ilp32 -mno-relax -msmall-data-limit=0

# Debian's GCC has its libgcc for rv32imac and does not find it under the longer name.
USERLAND_LINK_armv7m := $(USERLAND_CPU_armv7m)
USERLAND_LINK_rv32   := -march=rv32imac -mabi=ilp32 -mno-relax

USERLAND_CC     := $(USERLAND_GCC_$(ARCH)) $(USERLAND_CPU_$(ARCH))
USERLAND_CXX    := $(USERLAND_CC:%gcc=%g++)
USERLAND_LINK   := $(USERLAND_GCC_$(ARCH)) $(USERLAND_LINK_$(ARCH))
USERLAND_CFLAGS := -std=gnu17 -Os -g -ffreestanding -ffunction-sections -fdata-sections -fno-common \
	-fno-tree-loop-distribute-patterns $(USERLAND_WARNINGS) -MMD -MP \
	-I $(USERLAND)/lib -I $(USERLAND)/lib/$(ARCH) -I $(USERLAND)/libc -I userland/boards/$(BOARD) -I userland/apps/attack

# C++ without exceptions, run-time types and their libraries.
USERLAND_CXXFLAGS := $(filter-out -std=%,$(USERLAND_CFLAGS)) -std=gnu++17 -fno-exceptions -fno-rtti \
	-fno-threadsafe-statics -fno-use-cxa-atexit -Wno-register

USERLAND_SOURCES_OF = $(wildcard userland/apps/$(1)/*.c userland/apps/$(1)/*.cpp userland/apps/$(1)/$(ARCH)/*.S)
USERLAND_OBJECTS_OF = $(patsubst $(USERLAND)/%,$(BUILD)/apps/objects/%.o,$(filter $(USERLAND)/%,$(1))) \
	$(patsubst %,$(BUILD)/apps/objects/own/%.o,$(filter-out $(USERLAND)/%,$(1)))

# Sources of packages, and what they are compiled to.
USERLAND_PACKAGE_SOURCES_OF = $(addprefix build/sources/$($(1)_PACKAGE)/,$($(1)_PACKAGE_SOURCES))
USERLAND_PACKAGE_OBJECTS_OF = $(patsubst build/sources/%,$(BUILD)/apps/objects/sources/%.o,$(call USERLAND_PACKAGE_SOURCES_OF,$(1)))

USERLAND_LIBRARY := $(call USERLAND_OBJECTS_OF, \
	$(wildcard $(USERLAND)/lib/*.c $(USERLAND)/lib/*.cpp $(USERLAND)/lib/$(ARCH)/*.S))

# What an application with APP_LIBC is compiled with, and linked with. exit() is called with what main returns.
USERLAND_LIBC_SPECS   := --specs=picolibc.specs
USERLAND_LIBC_OBJECTS := $(call USERLAND_OBJECTS_OF,$(wildcard $(USERLAND)/libc/*.c))
USERLAND_LIBC_LINK    := $(USERLAND_LIBC_SPECS) -Wl,--wrap=main -lm -lc

$(USERLAND_LIBC_OBJECTS): USERLAND_SPECS := $(USERLAND_LIBC_SPECS)

USERLAND_APPS := $(filter-out attack,$(notdir $(patsubst %/,%,$(dir $(wildcard userland/apps/*/main.c userland/apps/*/main.cpp)))))

# An attack whose opening comment has a line "ONLY: <arch>" is left out on the others.
USERLAND_ATTACK_FILES   := $(filter-out %/main.c %/hands.c %/borrow.c,$(wildcard userland/apps/attack/*.c))
USERLAND_ATTACK_FOREIGN := $(shell grep -l 'ONLY: ' $(USERLAND_ATTACK_FILES) /dev/null \
	| xargs -r grep -L 'ONLY: $(ARCH)')
USERLAND_ATTACKS := $(patsubst userland/apps/attack/%.c,attack_%, \
	$(filter-out $(USERLAND_ATTACK_FOREIGN),$(USERLAND_ATTACK_FILES)))

-include $(wildcard userland/apps/*/app.mk)

define USERLAND_COMPILE
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(if $(filter %.cpp,$<),$(USERLAND_CXX) $(USERLAND_CXXFLAGS),$(USERLAND_CC) $(USERLAND_CFLAGS)) $(USERLAND_SPECS) -c -o $@ $<
endef

$(BUILD)/apps/objects/own/%.o: % $(USERLAND)/userland.mk
	$(USERLAND_COMPILE)

$(BUILD)/apps/objects/%.o: $(USERLAND)/% $(USERLAND)/userland.mk
	$(USERLAND_COMPILE)

USERLAND_PACKAGE_CFLAGS := -std=gnu17 -Os -g -ffunction-sections -fdata-sections -fno-common -w -MMD -MP

$(BUILD)/apps/objects/sources/%.o: build/sources/% $(USERLAND)/userland.mk
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(USERLAND_CC) $(USERLAND_PACKAGE_CFLAGS) $(USERLAND_SPECS) $(USERLAND_APP_CFLAGS) -c -o $@ $<

USERLAND_LINK_FLAGS := -nostdlib -static -Wl,--gc-sections -Wl,--fatal-warnings -Wl,-z,max-page-size=4 \
	-T $(USERLAND)/app.ld

# The stack is part of the program's RAM segments, hence --stack 0.
#
# How application $(1) is made of sources $(2).
define USERLAND_RULES
$(1)_STACK ?= 1024
$(1)_HEAP ?= 0
$(1)_NAME ?= $(1)

ifeq ($$($(1)_LIBC),yes)
$(call USERLAND_OBJECTS_OF,$(2)): USERLAND_SPECS := $(USERLAND_LIBC_SPECS)
$(BUILD)/apps/$(1).elf $(BUILD)/apps/$(1).%.elf: USERLAND_LIBC := $(USERLAND_LIBC_LINK)
$(1)_LIBRARY := $(USERLAND_LIBC_OBJECTS)
endif

ifneq ($$($(1)_PACKAGE),)
$(call USERLAND_PACKAGE_OBJECTS_OF,$(1)): USERLAND_SPECS := $(USERLAND_LIBC_SPECS)
$(call USERLAND_PACKAGE_OBJECTS_OF,$(1)): USERLAND_APP_CFLAGS := $$($(1)_PACKAGE_CFLAGS)
$(call USERLAND_PACKAGE_SOURCES_OF,$(1)) &:
	@$(USERLAND)/../tools/debian_source.sh $$($(1)_PACKAGE) build/sources/$$($(1)_PACKAGE)
$(1)_LIBRARY += $(call USERLAND_PACKAGE_OBJECTS_OF,$(1))
endif

$(BUILD)/apps/$(1).elf: $(call USERLAND_OBJECTS_OF,$(2)) $(USERLAND_LIBRARY) $$($(1)_LIBRARY) $(USERLAND)/app.ld
	$$(call say,LINK,$$@)
	$$(Q)$$(USERLAND_LINK) $$(USERLAND_LINK_FLAGS) -Wl,--emit-relocs \
		-Wl,--defsym=STACK_SIZE=$$($(1)_STACK) -Wl,--defsym=HEAP_SIZE=$$($(1)_HEAP) \
		-o $$@ $$(filter %.o,$$^) $$(USERLAND_LIBC) -lgcc

$(BUILD)/apps/$(1).%.elf: $(BUILD)/apps/$(1).elf
	$$(call say,LINK,$$@)
	$$(Q)$$(USERLAND_LINK) $$(USERLAND_LINK_FLAGS) \
		'-Wl,--defsym=APP_FLASH=$$(APP_FLASH_START) + $$* * $$(APP_FLASH_SLOT)' \
		'-Wl,--defsym=APP_RAM=$$(APP_RAM_START) + $$* * $$(APP_RAM_SLOT)' \
		-Wl,--defsym=STACK_SIZE=$$($(1)_STACK) -Wl,--defsym=HEAP_SIZE=$$($(1)_HEAP) \
		-o $$@ $(call USERLAND_OBJECTS_OF,$(2)) $(USERLAND_LIBRARY) $$($(1)_LIBRARY) $$(USERLAND_LIBC) -lgcc

$(BUILD)/apps/$(1).tbf: $(BUILD)/apps/$(1).elf $(USERLAND_TBF)
	$$(call say,TBF,$$@)
	$$(Q)$(USERLAND_TBF) -o $$@ --name $$($(1)_NAME) --stack 0 --app-heap $$($(1)_HEAP) --sha256 $$($(1)_TBF) $$<

# What its app.mk says goes into all of these.
$(BUILD)/apps/$(1).elf $(BUILD)/apps/$(1).tbf $(call USERLAND_OBJECTS_OF,$(call USERLAND_SOURCES_OF,$(1))): \
	$(wildcard userland/apps/$(patsubst attack_%,attack,$(1))/app.mk)

$(BUILD)/apps/$(1).%.tbf: $(BUILD)/apps/$(1).tbf $(BUILD)/apps/$(1).%.elf
	$$(call say,PLACE,$$@)
	$$(Q)$(USERLAND_TBF) place --flash $$$$(($$(APP_FLASH_START) + $$* * $$(APP_FLASH_SLOT))) \
		--ram $$$$(($$(APP_RAM_START) + $$* * $$(APP_RAM_SLOT))) --header-area 0x80 -o $$@ $$<
endef

$(foreach app,$(USERLAND_APPS),$(eval $(call USERLAND_RULES,$(app),\
	$(call USERLAND_SOURCES_OF,$(app)) $($(app)_SOURCES))))
$(foreach attack,$(USERLAND_ATTACKS),$(eval $(call USERLAND_RULES,$(attack),\
	$(addprefix userland/apps/attack/,main.c hands.c borrow.c) \
	$(attack:attack_%=userland/apps/attack/%.c))))

# Each board's own make knows whether its file is new. $(1) is a list of applications.
USERLAND_TBFS_OF_ALL_BOARDS = for board in $(BOARDS); do \
	$(MAKE) --quiet BOARD=$$board BUILD=build/$$board $(1:%=userland-tbf-%) || exit 1; done

.PHONY: $(USERLAND_APPS:%=userland-tbf-%) userland-processor
$(USERLAND_APPS:%=userland-tbf-%): userland-tbf-%: $(BUILD)/apps/%.tbf
userland-processor:
	@echo $(USERLAND_PROCESSOR_$(ARCH))

build/apps/%.tab: $(USERLAND_TAB) FORCE
	@$(call USERLAND_TBFS_OF_ALL_BOARDS,$*)
	$(call say,TAB,$@)
	@mkdir -p $(@D)
	$(Q)$(USERLAND_TAB) -o $@ $(foreach board,$(BOARDS),$$($(MAKE) --quiet BOARD=$(board) userland-processor)=build/$(board)/apps/$*.tbf)

##   tabs            build build/apps/APP.tab for all applications: archives for the processors of all boards
.PHONY: tabs FORCE
tabs: $(USERLAND_APPS:%=build/apps/%.tab)

.PRECIOUS: $(BUILD)/apps/%.elf $(BUILD)/apps/objects/%.o

-include $(shell find $(BUILD)/apps/objects -name '*.d' 2>/dev/null)
