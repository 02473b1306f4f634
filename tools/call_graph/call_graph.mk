# The call graph of the kernel. Included by kernel/kernel.mk, behind its rules; see
# tools/call_graph/README.md. The kernel links only when its calls are in order, with a stack of the size
# that they need.

# What the compiler knows of each frame (gcc: and call); and a function's code is its own.
CALL_GRAPH_FLAGS_gcc   := -fcallgraph-info=su,da -fno-ipa-icf
CALL_GRAPH_FLAGS_clang := -fstack-size-section
$(KERNEL_OBJECTS): KERNEL_CFLAGS += $(CALL_GRAPH_FLAGS_$(COMPILER))

CALL_GRAPH_TOOL  := build/tools/call_graph
CALL_GRAPH_FILES := $(wildcard tools/call_graph/*.c) tools/tbf/command_line.c
LLVM             := /usr/lib/llvm-19

# The same with sanitizers, for the tests.
CALL_GRAPH_ASAN  := build/tests/tools/call_graph-asan

$(CALL_GRAPH_ASAN): CALL_GRAPH_SANITIZE = $(TOOLS_SANITIZE)
$(CALL_GRAPH_TOOL) $(CALL_GRAPH_ASAN): $(CALL_GRAPH_FILES) $(wildcard tools/call_graph/*.h tools/tbf/command_line.h)
	$(call say,HOSTCC,$@)
	@mkdir -p $(@D)
	$(Q)$(HOSTCC) $(TOOLS_FLAGS) $(CALL_GRAPH_SANITIZE) -I $(LLVM)/include $(CALL_GRAPH_FILES) \
		-L $(LLVM)/lib -lLLVM-19 -lelf -o $@

# The same sources as clang sees them: every call of the source is in there.
BITCODE_FLAGS = $(CLANG_TARGET) $(CPU_FLAGS) -Qunused-arguments -std=gnu17 -O0 -g -ffreestanding -fno-builtin \
	-fwrapv -Xclang -disable-llvm-passes -w -MMD -MP $(KERNEL_INCLUDE)
BITCODE := $(patsubst %.o,%.bc,$(filter %.c.o,$(KERNEL_OBJECTS)))

$(BITCODE): $(BUILD)/kernel/%.bc: % kernel/kernel.mk tools/call_graph/call_graph.mk arch/$(ARCH)/arch.mk \
		boards/$(BOARD)/board.mk
	@mkdir -p $(@D)
	$(call say,BC,$@)
	$(Q)clang-19 $(BITCODE_FLAGS) -MF $(@:.bc=.bc.d) -emit-llvm -c -o $@ $<

CALL_GRAPH = $(CALL_GRAPH_TOOL) --board $(BOARD) --machine arch/$(ARCH)/entry_points.txt
CALL_GRAPH_OUTPUTS := $(BUILD)/call_graph.txt $(BUILD)/authority.txt $(BUILD)/stack.ld

$(CALL_GRAPH_OUTPUTS) &: $(CALL_GRAPH_TOOL) $(KERNEL_OBJECTS) $(BITCODE) arch/$(ARCH)/entry_points.txt
	$(call say,CALLS,$(BUILD)/call_graph.txt)
	$(Q)$(CALL_GRAPH) --authority $(BUILD)/authority.txt --report $(BUILD)/call_graph.txt \
		--stack $(BUILD)/stack.ld $(KERNEL_OBJECTS)

-include $(BITCODE:.bc=.bc.d)

# Who is handed what is under version control, so that a change of it is seen.
.PHONY: authority-of-board check-authority-of-board
AUTHORITY = boards/$(BOARD)/authority.txt
authority-of-board: $(BUILD)/authority.txt
	$(Q)cp $< $(AUTHORITY)

check-authority-of-board: $(BUILD)/authority.txt
	$(Q)diff -u $(AUTHORITY) $< || { \
		echo "$(AUTHORITY) is stale: look at the difference, then run make authority" >&2; exit 1; }

##   authority       write boards/BOARD/authority.txt: who is handed what, on all boards
.PHONY: authority check-authority
authority:
	@for board in $(BOARDS) $(SMALL_BOARDS); do $(MAKE) --quiet BOARD=$$board authority-of-board || exit 1; done

check-authority:
	@for board in $(BOARDS) $(SMALL_BOARDS); do $(MAKE) --quiet BOARD=$$board check-authority-of-board || exit 1; done
	@echo 'check-authority: the authority reports of $(BOARDS) $(SMALL_BOARDS) are up to date'

##   test-call-graph the call graph's refusals, and the kernel's painted stack below its bound, on all boards
.PHONY: test-call-graph
test-call-graph: $(CALL_GRAPH_ASAN)
	@for board in $(BOARDS); do \
		$(MAKE) --quiet BOARD=$$board kernel apps build/tools/image || exit 1; \
	done
	@$(PYTEST_PARALLEL) tests/call_graph
