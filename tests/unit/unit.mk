# Host tests of the portable kernel and of the architectures' arithmetic. Included by tests/tests.mk.
#
#   build/tests/unit/<noun>_test   one cmocka program each, GCC with address and undefined sanitizers

UNIT_SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=all
UNIT_CFLAGS   := -std=gnu17 -D_GNU_SOURCE -O1 -g -Wall -Wextra -Werror -Wno-attributes -fno-strict-aliasing -MMD -MP \
	$(UNIT_SANITIZE) -I . -I kernel/include -I arch/include

# memory_functions.c stays out: the host has these, and its sanitizers watch them.
UNIT_KERNEL := $(addprefix kernel/,credential_board.c deferred_call.c fault_policy.c filter_board.c grant.c identity.c \
	kernel.c loader.c memory.c panic.c process.c process_control.c process_info.c processor_time.c resume_board.c scheduler_round_robin.c \
	share.c span.c system_call.c tbf.c trap_places_none.c upcall.c)
UNIT_FIXTURE := $(addprefix tests/unit/kernel/,drivers.c fixture.c image.c)
UNIT_MODEL   := $(addprefix tests/unit/kernel/,model.c model_calls.c model_process.c)

# What implements arch.h: the host, or the portable part of an architecture and the host's rest.
UNIT_ARCHES      := host armv7m rv32
UNIT_host        := arch/host/context.c arch/host/protection.c arch/host/run.c arch/host/memory.c
UNIT_armv7m      := arch/armv7m/context.c arch/armv7m/mpu_plan.c tests/unit/arch/armv7m_host.c \
	tests/unit/arch/pmsav7.c arch/host/run.c arch/host/memory.c
UNIT_rv32        := tests/unit/arch/rv32_host.c tests/unit/arch/pmp_entries.c arch/host/run.c \
	arch/host/memory.c
UNIT_FLAGS_host   := -I arch/host/include
UNIT_FLAGS_armv7m := -I arch/armv7m/include -I arch/host/include
UNIT_FLAGS_rv32   := -I arch/rv32/include -I arch/host/include

# Tests of the kernel run over the host's arch; these two over each of the architectures.
UNIT_KERNEL_TESTS := $(filter-out model scheduler_model,$(patsubst tests/unit/kernel/%_test.c,%,$(wildcard tests/unit/kernel/*_test.c)))
UNIT_MODEL_TESTS  := $(UNIT_ARCHES:%=model_%)
UNIT_SCHEDULERS   := round_robin cooperative priority multilevel
UNIT_SCHEDULER_TESTS := $(UNIT_SCHEDULERS:%=scheduler_%)
UNIT_ARCH_TESTS   := mpu_plan pmp reachable_armv7m reachable_rv32
UNIT_TESTS        := $(UNIT_KERNEL_TESTS) $(UNIT_ARCH_TESTS) $(UNIT_MODEL_TESTS) $(UNIT_SCHEDULER_TESTS) loader_fuzz
UNIT_PROGRAMS     := $(UNIT_TESTS:%=build/tests/unit/%_test)

# Objects lie below the architecture that they were compiled for.
unit_objects = $(patsubst %,build/tests/objects/$(1)/%.o,$(2))

define unit_arch
build/tests/objects/$(1)/%.o: % tests/unit/unit.mk
	@mkdir -p $$(@D)
	$$(Q)gcc $$(UNIT_CFLAGS) $$(UNIT_FLAGS_$(1)) $$(UNIT_EXTRA) -c -o $$@ $$<

build/tests/unit/model_$(1)_test: $$(call unit_objects,$(1),tests/unit/kernel/model_test.c $(UNIT_MODEL) \
	$(UNIT_KERNEL) $(UNIT_FIXTURE) $(UNIT_$(1)))
endef
$(foreach arch,$(UNIT_ARCHES),$(eval $(call unit_arch,$(arch))))

$(UNIT_KERNEL_TESTS:%=build/tests/unit/%_test): build/tests/unit/%_test: \
	build/tests/objects/host/tests/unit/kernel/%_test.c.o \
	$(call unit_objects,host,$(UNIT_KERNEL) $(UNIT_FIXTURE) $(UNIT_host))

# Each scheduler beside its model.
define unit_scheduler
build/tests/unit/scheduler_$(1)_test: $$(call unit_objects,host,$$(addprefix tests/unit/kernel/scheduler_model_,test.c $(1).c) \
	$$(filter-out kernel/scheduler_%,$$(UNIT_KERNEL)) kernel/scheduler_$(1).c $$(UNIT_FIXTURE) $$(UNIT_host))
endef
$(foreach scheduler,$(UNIT_SCHEDULERS),$(eval $(call unit_scheduler,$(scheduler))))

build/tests/unit/mpu_plan_test: $(call unit_objects,armv7m,tests/unit/arch/mpu_plan_test.c \
	tests/unit/arch/armv7m_host.c tests/unit/arch/pmsav7.c arch/armv7m/mpu_plan.c)
build/tests/unit/reachable_armv7m_test: $(call unit_objects,armv7m,tests/unit/arch/reachable_test.c kernel/memory.c \
	$(filter-out arch/host/run.c,$(UNIT_armv7m)))
build/tests/unit/reachable_rv32_test: $(call unit_objects,rv32,tests/unit/arch/reachable_test.c kernel/memory.c \
	$(filter-out arch/host/run.c,$(UNIT_rv32)))
build/tests/unit/pmp_test: $(call unit_objects,rv32,tests/unit/arch/pmp_test.c tests/unit/arch/rv32_host.c \
	tests/unit/arch/pmp_entries.c)
build/tests/unit/loader_fuzz_test: $(call unit_objects,host,tests/fuzz/loader_fuzz_test.c tests/fuzz/flash.c \
	$(UNIT_KERNEL) $(UNIT_FIXTURE) $(UNIT_host))

# The kernel's memset and its kind under other names, beside the host's.
build/tests/unit/memory_functions_test: build/tests/objects/host/kernel/memory_functions.c.o
build/tests/objects/host/kernel/memory_functions.c.o: UNIT_EXTRA := -fno-tree-loop-distribute-patterns \
	-Dmemset=kernel_memset -Dmemcpy=kernel_memcpy -Dmemmove=kernel_memmove -Dmemcmp=kernel_memcmp

$(UNIT_PROGRAMS):
	@mkdir -p $(@D)
	$(call say,UNIT,$@)
	$(Q)gcc $(UNIT_SANITIZE) -o $@ $^ -lcmocka

# One line for each program; all that a failing one said.
.PHONY: test-unit-kernel
test-unit-kernel: $(UNIT_PROGRAMS)
	@tests/unit/run.sh $^

-include $(wildcard $(addprefix build/tests/objects/*/,*/*.d */*/*.d */*/*/*.d))
