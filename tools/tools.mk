# The host programs. Included by the Makefile at the top; wants to run there.
#
#   build/tools/tbf, .../tab, .../image                what people use
#   build/tests/tools/tbf-asan, .../tab-asan, ...      the same with sanitizers, for the tests

HOSTCC ?= gcc

# arch/armv7m: what the MPU can cover the tools ask the kernel's own file.
TOOLS_FLAGS := -std=gnu17 -D_GNU_SOURCE -I . -I arch/armv7m/include -I arch/include -I kernel/include -O2 -g -Wall -Wextra -Werror
TOOLS_SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=all

TOOLS_SHARED := $(addprefix tools/tbf/,command_line.c digest.c file.c format.c mpu.c place.c program.c relocation.c) \
	arch/armv7m/mpu_plan.c
TOOLS_PACK := $(addprefix tools/tbf/,arm_relocation.c elf_relocation.c pack.c pack_options.c riscv_relocation.c \
	tock_program.c)
TOOLS_TBF := $(addprefix tools/tbf/,tbf.c place_command.c show.c) $(TOOLS_PACK) $(TOOLS_SHARED)
TOOLS_ARCHIVE := $(addprefix tools/tab/,archive.c metadata.c processor.c)
TOOLS_TAB := tools/tab/tab.c $(TOOLS_ARCHIVE) $(TOOLS_PACK) $(TOOLS_SHARED)
TOOLS_IMAGE := $(addprefix tools/image/,image.c application.c kernel_facts.c layout.c map.c ram.c) $(TOOLS_ARCHIVE) $(TOOLS_SHARED)
TOOLS_HEADERS := $(wildcard tools/tbf/*.h tools/tab/*.h tools/image/*.h)

TOOLS_PROGRAMS := tbf tab image
TOOLS_BUILT     := $(TOOLS_PROGRAMS:%=build/tools/%)
TOOLS_SANITIZED := $(TOOLS_PROGRAMS:%=build/tests/tools/%-asan)

build/tools/tbf build/tests/tools/tbf-asan: $(TOOLS_TBF)
build/tools/tab build/tests/tools/tab-asan: $(TOOLS_TAB)
build/tools/image build/tests/tools/image-asan: $(TOOLS_IMAGE)

$(TOOLS_BUILT): $(TOOLS_HEADERS)
	$(call say,HOSTCC,$@)
	@mkdir -p $(@D)
	$(Q)$(HOSTCC) $(TOOLS_FLAGS) $(filter %.c,$^) -lelf -lcrypto -larchive -o $@

$(TOOLS_SANITIZED): $(TOOLS_HEADERS)
	$(call say,HOSTCC,$@)
	@mkdir -p $(@D)
	$(Q)$(HOSTCC) $(TOOLS_FLAGS) $(TOOLS_SANITIZE) $(filter %.c,$^) -lelf -lcrypto -larchive -o $@

.PHONY: tools test-tools
tools: $(TOOLS_BUILT)

test-tools: tools $(TOOLS_SANITIZED)
	@$(PYTEST_PARALLEL) tests/tools
