# Stellaris LM3S6965 Evaluation Board, and QEMU's machine of that name.

SCHEDULER ?= round_robin

ARCH     := armv7m
CPU      := cortex-m3
CHIPS    := chips/lm3s
CAPSULES := alarm button console debug_log fault_line fault_owner fault_rules ipc led line_editor line_words lm75 load_line \
	low_level_debug memory_map panic_report permission_filter process_console process_console_commands \
	process_console_completion process_console_stats process_console_table process_overview process_reporter \
	process_words read_only_state storage_permission temperature text virtual_alarm virtual_uart
KERNEL   := scheduler_$(SCHEDULER) filter_board resume_board
include boards/credentials.mk

PROCESS_SLOTS := 8 # applications it has room for in the kernel's tables

# The flash image: where flash begins, its size, where applications may lie.
FLASH_START := 0x00000000
FLASH_SIZE  := 0x00040000
APPS_START  := 0x00010000
APPS_END    := 0x00040000

# Slots for tests that want to know where applications are: address = start + number * slot.
APP_FLASH_START := 0x00010000
APP_FLASH_SLOT  := 0x4000
APP_RAM_START   := 0x20002000
APP_RAM_SLOT    := 0x2000

# A temperature sensor is plugged in, which begins with 0 degrees.
QEMU := qemu-system-arm -machine lm3s6965evb -device tmp105,id=sensor,bus=i2c,address=0x48 -nographic -kernel
