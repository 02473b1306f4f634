# libFuzzer programs, Clang 19: build/tests/fuzz/<noun>. Included by tests/tests.mk, behind unit.mk.
#
# tests/fuzz/corpus/<noun> is kept: few inputs that together reach what all that were ever found reach.

FUZZ_TARGETS  := fuzz_loader fuzz_system_call fuzz_machine_armv7m fuzz_machine_rv32 \
	fuzz_pack fuzz_relocation fuzz_archive
FUZZ_PROGRAMS := $(FUZZ_TARGETS:%=build/tests/fuzz/%)

# How many inputs fuzz-short tries beyond the corpus, and how long fuzz goes on, for each program.
FUZZ_RUNS    ?= 20000
FUZZ_SECONDS ?= 3600

FUZZ_CFLAGS := -std=gnu17 -D_GNU_SOURCE -O1 -g -Wall -Wextra -Werror -Wno-attributes -Wno-unused-function \
	-fno-strict-aliasing -I . -I kernel/include -I hil/include -I arch/include \
	-fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all \
	-fsanitize-coverage-ignorelist=tests/fuzz/uncovered.txt

# Loader and system calls, over the host's arch and the tests' own drivers.
FUZZ_FIXTURE := $(UNIT_KERNEL) $(UNIT_FIXTURE) $(UNIT_host) $(UNIT_MODEL) tests/fuzz/flash.c

# The whole machine with the real capsules and every scheduler, over each architecture.
FUZZ_CAPSULES := $(addprefix capsules/,alarm.c button.c console.c debug_log.c fault_line.c fault_owner.c fault_rules.c \
	ipc.c led.c line_editor.c line_words.c lm75.c load_line.c low_level_debug.c memory_map.c permission_filter.c \
	process_console.c process_console_commands.c process_console_completion.c process_console_stats.c \
	process_console_table.c process_overview.c process_reporter.c process_words.c read_only_state.c temperature.c \
	text.c virtual_alarm.c virtual_uart.c)
FUZZ_MACHINE  := tests/fuzz/fuzz_machine.c $(addprefix tests/fuzz/,machine.c machine_audit.c machine_board.c \
	machine_chips.c machine_governor.c machine_memory.c machine_scheduler.c machine_upcalls.c) \
	$(wildcard tests/fuzz/schedulers/*.c) tests/unit/kernel/image.c $(FUZZ_CAPSULES) \
	$(filter-out kernel/scheduler_% kernel/credential_board.c,$(UNIT_KERNEL)) kernel/credential_none.c

# By the files in tests/fuzz/schedulers.
FUZZ_INCLUDED := $(wildcard kernel/scheduler_*.c)

FUZZ_MACHINE_FLAGS := -DDEBUG_LOG_LINKED=1 -DBOARD_PROCESS_SLOTS=4 -Wl,--wrap=upcall_schedule -Wl,--wrap=share_notify

build/tests/fuzz/fuzz_loader:         tests/fuzz/fuzz_loader.c $(FUZZ_FIXTURE)
build/tests/fuzz/fuzz_system_call:    tests/fuzz/fuzz_system_call.c $(FUZZ_FIXTURE)
build/tests/fuzz/fuzz_machine_armv7m: $(FUZZ_MACHINE) $(FUZZ_INCLUDED) $(UNIT_armv7m)
build/tests/fuzz/fuzz_machine_rv32:   $(FUZZ_MACHINE) $(FUZZ_INCLUDED) $(UNIT_rv32)
build/tests/fuzz/fuzz_machine_armv7m build/tests/fuzz/fuzz_machine_rv32: FUZZ_NOT_COMPILED = $(FUZZ_INCLUDED)

build/tests/fuzz/fuzz_loader build/tests/fuzz/fuzz_system_call: FUZZ_FLAGS = $(UNIT_FLAGS_host) -lcmocka
build/tests/fuzz/fuzz_machine_armv7m: FUZZ_FLAGS = $(UNIT_FLAGS_armv7m) $(FUZZ_MACHINE_FLAGS)
build/tests/fuzz/fuzz_machine_rv32:   FUZZ_FLAGS = $(UNIT_FLAGS_rv32) $(FUZZ_MACHINE_FLAGS)

# The host tools: ELF files, relocation tables, archives. refusal.h says what is wrapped.
FUZZ_TOOLS_FLAGS := -I arch/armv7m/include -lelf -lcrypto -larchive
FUZZ_TOOLS_PLACE := $(addprefix tools/tbf/,digest.c format.c place.c relocation.c)
FUZZ_TOOLS_PACK  := $(FUZZ_TOOLS_PLACE) $(addprefix tools/tbf/,arm_relocation.c elf_relocation.c file.c mpu.c pack.c \
	program.c riscv_relocation.c tock_program.c) arch/armv7m/mpu_plan.c
REFUSAL_FLAGS    := -Wl,--wrap=malloc -Wl,--wrap=calloc -Wl,--wrap=realloc -Wl,--wrap=free

build/tests/fuzz/fuzz_pack:       tests/fuzz/fuzz_pack.c tests/fuzz/refusal.c $(FUZZ_TOOLS_PACK)
build/tests/fuzz/fuzz_relocation: tests/fuzz/fuzz_relocation.c tools/tbf/command_line.c $(FUZZ_TOOLS_PLACE)
build/tests/fuzz/fuzz_archive:    tests/fuzz/fuzz_archive.c tools/tab/archive.c tools/tab/metadata.c
build/tests/fuzz/fuzz_pack: FUZZ_FLAGS = $(FUZZ_TOOLS_FLAGS) $(REFUSAL_FLAGS)
build/tests/fuzz/fuzz_relocation build/tests/fuzz/fuzz_archive: FUZZ_FLAGS = $(FUZZ_TOOLS_FLAGS)

$(FUZZ_PROGRAMS): $(wildcard tests/fuzz/*.h tests/fuzz/schedulers/*.h tools/tbf/*.h tools/tab/*.h kernel/*.h kernel/include/kernel/*.h hil/include/hil/*.h capsules/*.h \
	arch/include/arch/*.h arch/*/include/arch/*.h tests/unit/kernel/*.h tests/unit/arch/*.h) tests/fuzz/fuzz.mk
	@mkdir -p $(@D)
	$(call say,FUZZ,$@)
	$(Q)clang-19 $(FUZZ_CFLAGS) -o $@ $(filter-out $(FUZZ_NOT_COMPILED),$(filter %.c,$^)) $(FUZZ_FLAGS)

FUZZ_EACH = printf '%s\n' $^ | xargs -P $(JOBS) -I PROGRAM tests/fuzz/run.sh PROGRAM

# The corpus, and the same inputs made from it each time: the seed is fixed.
.PHONY: fuzz-short
fuzz-short: $(FUZZ_PROGRAMS)
	@$(FUZZ_EACH) -runs=$(FUZZ_RUNS) -seed=1

##   fuzz            fuzz for FUZZ_SECONDS each (3600); what is new stays below build/
.PHONY: fuzz
fuzz: $(FUZZ_PROGRAMS)
	@$(FUZZ_EACH) -max_total_time=$(FUZZ_SECONDS)

# Adds to the kept corpora what the last runs have found, as little as will do.
.PHONY: fuzz-keep
fuzz-keep: $(FUZZ_PROGRAMS)
	@for program in $^; do tests/fuzz/keep.sh $$program || exit 1; done
