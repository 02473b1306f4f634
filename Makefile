# Detent. `make help` lists the targets.

MAKEFLAGS += --no-builtin-rules --no-print-directory

BOARDS := lm3s6965evb qemu_rv32_virt
SMALL_BOARDS := $(BOARDS:%=%_small) # the same machines with less in the kernel
BOARD  ?= lm3s6965evb
CREDENTIALS ?= none # or sha256: see boards/credentials.mk
CREDENTIALS := $(strip $(CREDENTIALS))
BUILD  ?= build/$(if $(filter-out none,$(CREDENTIALS)),$(CREDENTIALS)/)$(BOARD)
PYTHON := /usr/bin/python3 # Debian's, which has Debian's modules

# Applications in the image: names from userland/apps, or files of your own that end in .tbf or .tab.
APPS ?= hello blink counter writer_a writer_b saboteur

ifeq ($(wildcard boards/$(BOARD)/board.mk),)
$(error There is no board "$(BOARD)". There are: $(BOARDS) $(SMALL_BOARDS))
endif

# The flash image, and beside it what debuggers want to know of it.
IMAGE ?= $(BUILD)/image.bin

# Each step is one line; V=1 shows the commands.
Q   := $(if $(V),,@)
say  = @$(if $(V),true,printf '  %-6s %s\n' '$(1)' '$(2)')

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SECONDARY:

IMAGE_TOOL := build/tools/image

include boards/$(BOARD)/board.mk
include arch/$(ARCH)/arch.mk
include kernel/kernel.mk
include tools/tools.mk
include tools/capcheck/capcheck.mk
include userland/processors.mk
include userland/userland.mk
include tests/tests.mk

##   help            this list
.PHONY: help
help:
	@echo 'usage: make TARGET [BOARD=NAME] [APPS="NAME FILE.tbf FILE.tab ..."]'
	@sed -n 's/^##//p' Makefile userland/userland.mk tests/tests.mk tools/*/*.mk
	@echo 'boards: $(BOARDS) $(SMALL_BOARDS) (now $(BOARD))'
	@echo 'CREDENTIALS=sha256 loads only applications with a SHA-256 credential that matches'
	@echo 'applications here: $(USERLAND_APPS)'

##   run             install what is missing, build, boot the board in QEMU (Ctrl-A X leaves)
.PHONY: run
run: setup
	@$(MAKE) image
	@echo 'Booting $(BOARD) in QEMU. Ctrl-A X leaves.'
	@$(QEMU) $(IMAGE)

##   debug           the same under gdb, with all symbols (docs/debugging.md); GDB_FLAGS="..." are gdb's
.PHONY: debug
debug: setup
	@$(MAKE) image
	@tools/gdb/debug.sh '$(IMAGE)' $(BUILD)/kernel.elf '$(QEMU)' $(GDB_FLAGS)

##   setup           install the Debian packages that are missing (needs root or sudo)
.PHONY: setup
setup:
	@tools/setup.sh

##   kernel          build the kernel: build/BOARD/kernel.elf
.PHONY: kernel
kernel: $(BUILD)/kernel.elf $(BUDGET_CHECKED)

app_file = $(if $(filter %.tbf %.tab,$(1)),$(1),$(BUILD)/apps/$(1).tbf)
APP_FILES = $(foreach app,$(APPS),$(call app_file,$(app)))

# What cannot be put into an image is named before anything is built.
APPS_NAMED   = $(filter-out %.tbf %.tab,$(APPS))
APPS_UNKNOWN = $(filter-out $(USERLAND_APPS) $(USERLAND_ATTACKS),$(APPS_NAMED))
APPS_ABSENT  = $(strip $(foreach file,$(filter %.tbf %.tab,$(APPS)),$(if $(wildcard $(file))$(filter $(BUILD)/apps/% build/apps/%,$(file)),,$(file))))
.PHONY: apps-known
apps-known:
	@$(if $(APPS_UNKNOWN),echo 'No application here is called $(APPS_UNKNOWN). There are: $(USERLAND_APPS)' >&2; exit 1)
	@$(if $(APPS_ABSENT),echo 'No such file: $(APPS_ABSENT)' >&2; exit 1)

##   image           build kernel and applications into one flash image: build/BOARD/image.bin
.PHONY: image
image: apps-known kernel $(IMAGE_TOOL) $(APP_FILES)
	$(call say,IMAGE,$(IMAGE))
	$(Q)$(IMAGE_TOOL) --board $(BOARD) --arch $(ARCH) --flash-start $(FLASH_START) --flash-size $(FLASH_SIZE) \
		--apps-start $(APPS_START) --apps-end $(APPS_END) \
		--kernel $(BUILD)/kernel.elf -o $(IMAGE) --placement $(IMAGE:.bin=.placement) $(IMAGE_FLAGS) $(APP_FILES)

##   apps            build all applications and attacks of the repository
.PHONY: apps
apps: $(USERLAND_APPS:%=$(BUILD)/apps/%.tbf) $(USERLAND_ATTACKS:%=$(BUILD)/apps/%.tbf)

##   new-app         NAME=x DIR=../x: a folder for an application of your own, outside of here (docs/guide.md)
.PHONY: new-app
new-app:
	@tools/new_app.sh '$(NAME)' '$(DIR)'

##   qemu-command    print the command that boots build/BOARD/image.bin
.PHONY: qemu-command
qemu-command:
	@echo '$(QEMU) $(IMAGE)'

##   size            flash, RAM and trusted lines of each board's kernel, and what has changed; also build/size.json
##   size-record     write boards/BOARD/size.txt, what each board's kernel takes now
.PHONY: size size-record
size size-record:
	@for board in $(BOARDS) $(SMALL_BOARDS); do $(MAKE) --quiet BOARD=$$board BUDGET= kernel || exit 1; done
	@$(PYTHON) tools/size.py $(if $(filter size-record,$@),--record) $(BOARDS) $(SMALL_BOARDS)

# For scripts: a variable of the board's or the build's.
.PHONY: print-%
print-%:
	@echo '$($*)'

##   format          lay out all C as .clang-format says
C_FILES = $(shell git ls-files --cached --others --exclude-standard '*.c' '*.h')
.PHONY: format
format:
	clang-format-19 -i $(C_FILES)

##   clean           remove build/
.PHONY: clean
clean:
	rm -rf build
