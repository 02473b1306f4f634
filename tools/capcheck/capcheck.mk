# The checker for capsules and chip drivers. Included by the Makefile after kernel.mk and tools.mk.
#
#   build/tools/capcheck             what the build uses
#   build/tests/tools/capcheck-asan  the same with sanitizers, for the tests
#   BUILD/kernel/FILE.c.capcheck     stamp: FILE.c is accepted; beside it FILE.c.facts

CAPCHECK         := build/tools/capcheck
CAPCHECK_ASAN    := build/tests/tools/capcheck-asan
CAPCHECK_SOURCES := $(wildcard tools/capcheck/*.c)
CAPCHECK_LLVM    := /usr/lib/llvm-19
CAPCHECK_FLAGS   := $(TOOLS_FLAGS) -I $(CAPCHECK_LLVM)/include
CAPCHECK_LIBRARY := -L $(CAPCHECK_LLVM)/lib -lclang-19

$(CAPCHECK) $(CAPCHECK_ASAN): $(CAPCHECK_SOURCES) $(wildcard tools/capcheck/*.h)
	@mkdir -p $(@D)
	$(call say,HOSTCC,$@)
	$(Q)$(HOSTCC) $(CAPCHECK_FLAGS) $(CAPCHECK_SANITIZE) $(CAPCHECK_SOURCES) $(CAPCHECK_LIBRARY) -o $@

$(CAPCHECK_ASAN): CAPCHECK_SANITIZE := $(TOOLS_SANITIZE)

# What compiles a checked file. The release compiler is GCC, whichever builds the objects here.
CAPCHECK_COMPILER = $(CC_gcc) $(filter-out -MMD -MP -fno-builtin,$(KERNEL_CFLAGS))

# The object is a prerequisite because it knows the headers: when one changes, both are done anew.
$(BUILD)/kernel/%.capcheck: % $(BUILD)/kernel/%.o $(CAPCHECK)
	$(call say,CHECK,$@)
	$(Q)$(CAPCHECK) --profile $(if $(filter chips/%,$<),chip,capsule) \
		--clang-target '$(CLANG_TARGET)' --facts $(@:.capcheck=.facts) $< -- $(CAPCHECK_COMPILER)
	@touch $@

KERNEL_CHECKS := $(CHECKED_SOURCES:%=$(BUILD)/kernel/%.capcheck)

# Each file is right; whether they mean the same by a name only shows together.
ONE_PROGRAM := $(BUILD)/kernel/one_program.checked
$(ONE_PROGRAM): $(KERNEL_CHECKS) tools/capcheck/one_program.py
	$(Q)$(PYTHON) tools/capcheck/one_program.py $(KERNEL_CHECKS:.capcheck=.facts)
	@touch $@
$(BUILD)/kernel.elf: $(ONE_PROGRAM)

##   capcheck        hold the board's capsules and chip drivers to capsules/RULES.md (every build does)
.PHONY: capcheck test-capcheck
capcheck: $(KERNEL_CHECKS) $(ONE_PROGRAM)

##   registers       count what each board's chip drivers do beyond the rules of capsules
.PHONY: registers registers-of-board
registers:
	@for board in $(BOARDS); do $(MAKE) --quiet BOARD=$$board registers-of-board || exit 1; done

registers-of-board: $(KERNEL_CHECKS)
	@$(PYTHON) tools/capcheck/registers.py $(BOARD) $(patsubst %.capcheck,%.facts,$(filter $(BUILD)/kernel/chips/%,$(KERNEL_CHECKS)))

##   test-capcheck   the checker: samples of every rule, the real files, mutations of them
test-capcheck: $(CAPCHECK) $(CAPCHECK_ASAN)
	@$(PYTEST_PARALLEL) tests/bad_capsules
