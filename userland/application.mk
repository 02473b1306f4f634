# How an application in a folder of its own, outside of this repository, is built. Its Makefile is
#
#   APP    := x
#   DETENT ?= /where/this/repository/is
#   include $(DETENT)/userland/application.mk
#
# and between the lines, with the application's name for APP, what an app.mk may set (userland.mk): APP_STACK, APP_HEAP,
# APP_SOURCES, APP_NAME, APP_LIBC, APP_TBF; also
#
#   APP_CFLAGS    more options for the compiler
#
# All *.c, *.cpp and *.S of the folder are compiled, once for each architecture.

MAKEFLAGS += --no-builtin-rules --no-print-directory
.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SECONDARY:

BOARD ?= lm3s6965evb

# Each step is one line; V=1 shows the commands.
Q   := $(if $(V),,@)
say  = @$(if $(V),true,printf '  %-6s %s\n' '$(1)' '$(2)')

include $(DETENT)/userland/processors.mk

APPLICATION_ARCHES := armv7m rv32
APPLICATION_TBF = build/$(USERLAND_PROCESSOR_$(1))/apps/$(APP).tbf

ifdef ARCH

# One architecture.
BUILD             := build/$(USERLAND_PROCESSOR_$(ARCH))
USERLAND          := $(DETENT)/userland
USERLAND_TBF      := $(DETENT)/build/tools/tbf
USERLAND_WARNINGS := -Wall -Wextra
$(APP)_SOURCES    += $(wildcard *.c *.cpp *.S)

include $(USERLAND)/userland.mk

USERLAND_CFLAGS += $($(APP)_CFLAGS)
$(eval $(call USERLAND_RULES,$(APP),$($(APP)_SOURCES)))
$(USERLAND_TBF): ;

ifeq ($(shell command -v $(USERLAND_GCC_$(ARCH))),)
$(error There is no $(USERLAND_GCC_$(ARCH)): make -C $(DETENT) setup installs it)
endif
ifeq ($(strip $($(APP)_SOURCES)),)
$(error There is nothing to compile here: no file ends in .c, .cpp or .S)
endif

else

##   all             x.tab: the application for all processors (default)
.PHONY: all
all: $(APP).tab

.PHONY: tools FORCE
tools:
	@$(MAKE) --quiet -C $(DETENT) build/tools/tbf build/tools/tab

# Each architecture's own make knows whether its file is new.
define APPLICATION_RULE
$(call APPLICATION_TBF,$(1)): tools FORCE
	@$$(MAKE) $$(if $$(V),,--quiet) ARCH=$(1) $$@
endef
$(foreach arch,$(APPLICATION_ARCHES),$(eval $(call APPLICATION_RULE,$(arch))))

APPLICATION_TBFS := $(foreach arch,$(APPLICATION_ARCHES),$(call APPLICATION_TBF,$(arch)))

$(APP).tab: $(APPLICATION_TBFS)
	$(call say,TAB,$@)
	$(Q)$(DETENT)/build/tools/tab -o $@ \
		$(foreach arch,$(APPLICATION_ARCHES),$(USERLAND_PROCESSOR_$(arch))=$(call APPLICATION_TBF,$(arch)))

# What Detent's own make does with it, and with the other applications of APPS.
APPLICATION_DETENT = $(MAKE) -C $(DETENT) BOARD=$(BOARD) APPS='$(CURDIR)/$(APP).tab $(APPS)' \
	IMAGE=$(CURDIR)/build/$(BOARD)/image.bin $@

##   image           build/BOARD/image.bin: it, beside the applications of APPS, with a kernel
##   run             the same, and boot it in QEMU (Ctrl-A X leaves)
##   debug           the same under gdb
.PHONY: image run debug
image run debug: all
	@mkdir -p build/$(BOARD)
	@$(APPLICATION_DETENT)

##   size            what it takes: bytes of flash, and of RAM with the stack and without the heap
.PHONY: size
size: all
	@arm-none-eabi-size $(APPLICATION_TBFS:.tbf=.elf) | awk -F '[ \t]+|/' \
		'BEGIN { printf "%-10s %7s %7s %7s %7s %7s\n", "", "text", "data", "bss", "flash", "RAM" } \
		NR > 1 { printf "%-10s %7d %7d %7d %7d %7d\n", $$8, $$2, $$3, $$4, $$2 + $$3, $$3 + $$4 }'

##   clean           remove what was built
.PHONY: clean
clean:
	rm -rf build $(APP).tab

# For scripts: a variable of the build's.
.PHONY: print-%
print-%:
	@echo '$($*)'

##   help            this list
.PHONY: help
help:
	@echo 'usage: make [TARGET] [BOARD=NAME] [APPS="NAME FILE.tab ..."]'
	@sed -n 's/^##//p' $(DETENT)/userland/application.mk

endif
