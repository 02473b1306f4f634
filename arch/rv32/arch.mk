# How a kernel for RV32 with machine and user mode is compiled.

ARCH_SOURCES := context.c entry.S plic.c pmp.c trap.c
TOOL_PREFIX  := riscv64-unknown-elf-
# No linker relaxation: the kernel leaves gp to the processes.
CPU_FLAGS    := -march=$(CPU)_zicsr -mabi=ilp32 -mno-relax -msmall-data-limit=0
# Debian's GCC finds its library for this name only.
LINK_FLAGS   := -march=$(CPU) -mabi=ilp32 -mno-relax
CLANG_TARGET := --target=riscv32-unknown-elf
