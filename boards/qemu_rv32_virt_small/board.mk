# QEMU's RISC-V machine `virt`, with a kernel as small as it gets. Left out are
#   - the debug log
#   - pictures of memory, and words for why an application was not started: the numbers are told
#   - the report of a kernel panic but two lines, and the places of traps: `make where PC=..` tells these

include boards/qemu_rv32_virt/board.mk

CAPSULES   := $(filter-out button debug_log load_line memory_map panic_report,$(CAPSULES)) \
	small/load_line small/memory_map small/panic_report
TRAP_TABLE := none
# All is compiled for size, what each system call runs through, too.
SPEED      := no
