# How a kernel for RV32 with machine and user mode is compiled.

ARCH_SOURCES := context.c entry.S plic.c pmp.c save_restore.S trap.c
TOOL_PREFIX  := riscv64-unknown-elf-
# The kernel leaves gp to the processes: kernel.ld defines no __global_pointer$, so that the linker's
# relaxation shortens calls and nothing else.
# Registers that no kernel code uses stay in the processor during a system call; KERNEL_VERIFY sees to
# it that none does, whatever the compiler or its library say.
KEPT         := t1 t2 t3 t4 t5 t6 a6 a7
KEPT_FLAGS   := -ffixed-x6 -ffixed-x7 -ffixed-x16 -ffixed-x17 -ffixed-x28 -ffixed-x29 -ffixed-x30 -ffixed-x31
CPU_FLAGS    := -march=$(CPU)_zicsr -mabi=ilp32 -msmall-data-limit=0 $(KEPT_FLAGS)
# Functions that begin and end by calling save_restore.S: t0 is the kernel's for these.
COLD_FLAGS   := -msave-restore
KERNEL_VERIFY = arch/rv32/verify_kept.sh $(TOOL_PREFIX) $@ $(filter %/entry.S.o,$(KERNEL_OBJECTS)) '$(KEPT)'
# Debian's GCC finds its library for this name only.
LINK_FLAGS   := -march=$(CPU) -mabi=ilp32
CLANG_TARGET := --target=riscv32-unknown-elf
