# The host programs. Included by the Makefile at the top; wants to run there.
#
#   build/tools/tbf, build/tools/image             what people use
#   build/tests/tools/tbf-asan, .../image-asan     the same with sanitizers, for the tests

HOSTCC ?= gcc

TOOLS_FLAGS := -std=gnu17 -D_GNU_SOURCE -I . -O2 -g -Wall -Wextra -Werror
TOOLS_SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=all

TOOLS_SHARED := $(addprefix tools/tbf/,command_line.c file.c format.c program.c)
TOOLS_TBF := tools/tbf/tbf.c tools/tbf/digest.c tools/tbf/pack.c tools/tbf/show.c $(TOOLS_SHARED)
TOOLS_IMAGE := tools/image/image.c tools/image/application.c tools/image/layout.c $(TOOLS_SHARED)
TOOLS_HEADERS := $(wildcard tools/tbf/*.h tools/image/*.h)

build/tools/tbf build/tests/tools/tbf-asan: $(TOOLS_TBF)
build/tools/image build/tests/tools/image-asan: $(TOOLS_IMAGE)

build/tools/tbf build/tests/tools/tbf-asan: TOOLS_LIBRARIES := -lcrypto

build/tools/tbf build/tools/image: $(TOOLS_HEADERS)
	$(call say,HOSTCC,$@)
	@mkdir -p $(@D)
	$(Q)$(HOSTCC) $(TOOLS_FLAGS) $(filter %.c,$^) -lelf $(TOOLS_LIBRARIES) -o $@

build/tests/tools/tbf-asan build/tests/tools/image-asan: $(TOOLS_HEADERS)
	$(call say,HOSTCC,$@)
	@mkdir -p $(@D)
	$(Q)$(HOSTCC) $(TOOLS_FLAGS) $(TOOLS_SANITIZE) $(filter %.c,$^) -lelf $(TOOLS_LIBRARIES) -o $@

.PHONY: tools test-tools
tools: build/tools/tbf build/tools/image

test-tools: tools build/tests/tools/tbf-asan build/tests/tools/image-asan
	PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3 -m pytest -q -p no:cacheprovider tests/tools
