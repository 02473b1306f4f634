# How a kernel for ARMv7-M is compiled.

ARCH_SOURCES := context.c entry.S exceptions.c mpu.c mpu_plan.c system_reset.c systick.c vectors.c
TOOL_PREFIX  := arm-none-eabi-
CPU_FLAGS    := -mcpu=$(CPU) -mthumb
LINK_FLAGS   := $(CPU_FLAGS)
# GNU names for memset and its like: the kernel has its own.
CLANG_TARGET := --target=thumbv7m-none-eabi -fshort-enums -meabi gnu
