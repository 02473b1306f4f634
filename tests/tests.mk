# Tests, checks, measurements. Included by the Makefile; tests/README.md says what is where.

include tests/unit/unit.mk
include tests/fuzz/fuzz.mk
include tests/unit/capsules/tests.mk
include tests/unit/chips/tests.mk
include tests/unit/userland/tests.mk

# How many of anything at a time.
JOBS ?= $(shell nproc)

# Nothing but build/ is written to. A make that a test starts is its own.
export PYTHONDONTWRITEBYTECODE := 1
PYTEST := env -u MAKEFLAGS -u MAKELEVEL -u MFLAGS $(PYTHON) -m pytest -q -p no:cacheprovider
PYTEST_PARALLEL := $(PYTEST) -n $(JOBS)

##   test            install what is missing, then check, test and measure everything, on all boards
TEST_PARTS := check test-checks test-unit-kernel test-unit-capsules test-unit-chips test-unit-userland fuzz-short test-tools \
	test-capcheck test-object-check test-call-graph test-mutation \
	test-qemu size footprint bench
.PHONY: test
test: setup
	@tests/run_parts.sh '$(MAKE) --jobs=$(JOBS) --output-sync=line' $(TEST_PARTS)

##   check           format, directions of #include, headers, both compilers, authority reports
.PHONY: check
check: check-includes check-format check-headers check-trusted-headers check-clang check-authority

.PHONY: check-includes
check-includes:
	@$(PYTHON) tools/check_includes.py

.PHONY: check-format
check-format:
	@tools/check_format.sh $(C_FILES)

.PHONY: check-headers
check-headers:
	@for board in $(BOARDS); do $(MAKE) BOARD=$$board check-headers-of-board || exit 1; done

# All headers of the kernel of one board, with the flags that its sources get.
CHECKED_HEADERS = $(wildcard kernel/include/kernel/*.h kernel/*.h hil/include/hil/*.h arch/include/arch/*.h \
	arch/$(ARCH)/include/arch/*.h arch/$(ARCH)/*.h capsules/*.h $(CHIPS)/*.h)
HEADER_CFLAGS = $(filter-out -MMD -MP,$(KERNEL_CFLAGS))
.PHONY: check-headers-of-board
check-headers-of-board:
	@tools/check_headers.sh '$(CC_gcc) $(HEADER_CFLAGS)' $(CHECKED_HEADERS)
	@tools/check_headers.sh '$(CC_clang) $(filter-out -fno-tree-%,$(HEADER_CFLAGS))' $(CHECKED_HEADERS)
	@echo 'check-headers: $(words $(CHECKED_HEADERS)) headers of $(BOARD) compile alone, with gcc and clang'

# Those that are compiled into capsules and chip drivers.
.PHONY: check-trusted-headers
check-trusted-headers:
	@$(PYTHON) tools/check_trusted_headers.py $(wildcard kernel/include/kernel/*.h hil/include/hil/*.h)

.PHONY: check-clang
check-clang:
	@for board in $(BOARDS); do \
		$(MAKE) --quiet BOARD=$$board COMPILER=clang BUILD=build/clang/$$board kernel || exit 1; \
		echo "check-clang: the kernel of $$board compiles with clang"; \
	done

# The checkers themselves.
.PHONY: test-checks
test-checks:
	@$(PYTEST) tests/checks

##   test-mutation   checkers with a refusal left out, each one, and some other mistakes: do tests notice?
.PHONY: test-mutation mutation
test-mutation mutation: build/tests/tools/capcheck-asan build/tools/object_check
	@for board in $(BOARDS); do $(MAKE) --quiet BOARD=$$board kernel || exit 1; done
	@$(if $(filter mutation,$@),$(PYTHON) tests/mutation/mutation.py,$(PYTEST_PARALLEL) tests/mutation)

##   mutation        the same with every mistake that tests/mutation knows (an hour)

##   test-qemu       run every board in QEMU: applications, attacks, damaged flash
.PHONY: test-qemu
test-qemu:
	@for board in $(BOARDS); do \
		$(MAKE) --quiet BOARD=$$board kernel apps tools || exit 1; \
	done
	@$(PYTEST_PARALLEL) tests/qemu

##   endurance       eight hours of virtual time under churn, on every board; test-qemu does one
.PHONY: endurance
endurance:
	@for board in $(BOARDS); do \
		$(MAKE) --quiet BOARD=$$board kernel apps build/tools/image || exit 1; \
	done
	@ENDURANCE_HOURS=8 $(PYTEST) tests/qemu/test_endurance.py

##   footprint       what the applications' library takes, against docs/userland-footprint.md
.PHONY: footprint
footprint:
	@$(PYTHON) tools/footprint.py $(BOARDS)

##   bench           count what the kernel costs, exactly; fails if it has grown; also build/bench.json
.PHONY: bench
bench:
	@$(PYTHON) tests/bench/bench.py $(BOARDS)

##   bench-record    the same, and what was counted is the record from now on: commit it
.PHONY: bench-record
bench-record:
	@$(PYTHON) tests/bench/bench.py --record $(BOARDS)

##   bench-all       also what takes minutes: every path with up to 64 processes; bench-all-record
.PHONY: bench-all bench-all-record
bench-all:
	@$(PYTHON) tests/bench/bench.py --all $(BOARDS)
bench-all-record:
	@$(PYTHON) tests/bench/bench.py --all --record $(BOARDS)

# Tables and plots in docs/, from the record.
.PHONY: bench-plots
bench-plots:
	@$(PYTHON) tests/bench/bench.py --documents
