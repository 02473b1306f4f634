# How a kernel for RV32 with machine and user mode is compiled.

ARCH_SOURCES := context.c entry.S plic.c pmp.c trap.c
TOOL_PREFIX  := riscv64-unknown-elf-
# The kernel leaves gp to the processes: kernel.ld defines no __global_pointer$, so that the linker's
# relaxation shortens calls and nothing else.
CPU_FLAGS    := -march=$(CPU)_zicsr -mabi=ilp32 -msmall-data-limit=0
# Debian's GCC finds its library for this name only.
LINK_FLAGS   := -march=$(CPU) -mabi=ilp32
CLANG_TARGET := --target=riscv32-unknown-elf
