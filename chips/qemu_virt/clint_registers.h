#pragma once

#include <kernel/register.h>

/* RISC-V ACLINT specification, chapter 2, "Machine-level Timer Device (MTIMER)"; offsets of the
 * SiFive CLINT, which QEMU's `virt` has. Two halves each, as RV32 sees them. */

REGISTER_READ_WRITE(clint_software_interrupt, uint32_t, 0x00000000); /* MSIP of hart 0 */
REGISTER_READ_WRITE(clint_compare_low, uint32_t, RESET_UNKNOWN);     /* MTIMECMP of hart 0 */
REGISTER_READ_WRITE(clint_compare_high, uint32_t, RESET_UNKNOWN);
REGISTER_READ_ONLY(clint_time_low, uint32_t, 0x00000000); /* MTIME */
REGISTER_READ_ONLY(clint_time_high, uint32_t, 0x00000000);

struct qemu_virt_clint_registers {
	struct clint_software_interrupt_register software_interrupt AT_OFFSET(0x0000);
	uint32_t reserved_0004[4095];
	struct clint_compare_low_register compare_low AT_OFFSET(0x4000);
	struct clint_compare_high_register compare_high AT_OFFSET(0x4004);
};

/* The counter has an address of its own in the specification. */
struct qemu_virt_clint_counter_registers {
	struct clint_time_low_register time_low AT_OFFSET(0x0000);
	struct clint_time_high_register time_high AT_OFFSET(0x0004);
};
