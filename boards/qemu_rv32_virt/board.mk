# QEMU's RISC-V machine `virt`, 32 bits.

SCHEDULER ?= round_robin

ARCH     := rv32
CPU      := rv32imac
CHIPS    := chips/qemu_virt
CAPSULES := alarm console debug_log fault_line fault_owner fault_rules ipc line_editor line_words load_line low_level_debug memory_map \
	panic_report permission_filter process_console process_console_commands process_console_completion \
	process_console_stats process_console_table \
	process_overview process_reporter process_words read_only_state storage_permission text virtual_alarm virtual_uart
KERNEL   := scheduler_$(SCHEDULER) filter_board resume_board
include boards/credentials.mk

PROCESS_SLOTS := 8 # applications it has room for in the kernel's tables

# The flash image: where flash begins, its size, where applications may lie.
FLASH_START := 0x80000000
FLASH_SIZE  := 0x00200000
APPS_START  := 0x80100000
APPS_END    := 0x80200000

# Slots for tests that want to know where applications are: address = start + number * slot.
APP_FLASH_START := 0x80100000
APP_FLASH_SLOT  := 0x10000
APP_RAM_START   := 0x80300000
APP_RAM_SLOT    := 0x10000

QEMU := qemu-system-riscv32 -machine virt -nographic -bios
