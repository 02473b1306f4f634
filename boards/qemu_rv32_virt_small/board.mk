# QEMU's RISC-V machine `virt`, with a kernel as small as it gets. Left out are
#   - the debug log and the read-only state
#   - pictures of memory, and words for why an application was not started and for whose memory an address is: the
#     numbers are told
#   - the report of a kernel panic but two lines, and the places of traps: `make where PC=..` tells these
#   - of the process console the command `stats`, and every key but Backspace and Enter

include boards/qemu_rv32_virt/board.mk

SMALL      := fault_owner line_editor load_line memory_map panic_report process_console_completion process_console_stats
CAPSULES   := $(filter-out button debug_log read_only_state $(SMALL),$(CAPSULES)) $(SMALL:%=small/%)
# Without the read-only state nobody asks for resumptions.
KERNEL     := $(KERNEL:resume_board=resume_none)
TRAP_TABLE := none
# All is compiled for size, what each system call runs through, too.
SPEED      := no
