# The host programs. Included by the Makefile at the top; wants to run there.
#
#   build/tools/tbf, build/tools/image             what people use
#   build/tests/tools/tbf-asan, .../image-asan     the same with sanitizers, for the tests

HOSTCC ?= gcc

# arch/armv7m: what the MPU can cover the tools ask the kernel's own file.
TOOLS_FLAGS := -std=gnu17 -D_GNU_SOURCE -I . -I arch/armv7m/include -I arch/include -I kernel/include -O2 -g -Wall -Wextra -Werror
TOOLS_SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=all

TOOLS_SHARED := $(addprefix tools/tbf/,command_line.c digest.c file.c format.c mpu.c place.c program.c relocation.c) \
	arch/armv7m/mpu_plan.c
TOOLS_TBF := $(addprefix tools/tbf/,tbf.c arm_relocation.c elf_relocation.c pack.c place_command.c \
	riscv_relocation.c show.c) $(TOOLS_SHARED)
TOOLS_IMAGE := $(addprefix tools/image/,image.c application.c layout.c ram.c) $(TOOLS_SHARED)
TOOLS_HEADERS := $(wildcard tools/tbf/*.h tools/image/*.h)

build/tools/tbf build/tests/tools/tbf-asan: $(TOOLS_TBF)
build/tools/image build/tests/tools/image-asan: $(TOOLS_IMAGE)

build/tools/tbf build/tools/image: $(TOOLS_HEADERS)
	$(call say,HOSTCC,$@)
	@mkdir -p $(@D)
	$(Q)$(HOSTCC) $(TOOLS_FLAGS) $(filter %.c,$^) -lelf -lcrypto -o $@

build/tests/tools/tbf-asan build/tests/tools/image-asan: $(TOOLS_HEADERS)
	$(call say,HOSTCC,$@)
	@mkdir -p $(@D)
	$(Q)$(HOSTCC) $(TOOLS_FLAGS) $(TOOLS_SANITIZE) $(filter %.c,$^) -lelf -lcrypto -o $@

.PHONY: tools test-tools
tools: build/tools/tbf build/tools/image

test-tools: tools build/tests/tools/tbf-asan build/tests/tools/image-asan
	PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3 -m pytest -q -p no:cacheprovider tests/tools
