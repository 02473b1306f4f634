#pragma once

#include <arch/host.h>
#include <stdint.h>

/* RISC-V physical memory protection as the manual words it (Privileged ISA 1.12, 3.7), from its
 * registers' values, for user mode on RV32 with a granule of 4 bytes. */

enum {
	PMP_ENTRIES = 16,
	PMP_EDGES_MAX = 2 * PMP_ENTRIES
};

struct pmp {
	uint32_t configuration[PMP_ENTRIES / 4]; /* pmpcfg0 to pmpcfg3 */
	uint32_t addresses[PMP_ENTRIES];         /* pmpaddr0 to pmpaddr15 */
};

enum host_access pmp_access(const struct pmp *self, uint32_t address);

/* As pmsav7_edges(). */
uint32_t pmp_edges(const struct pmp *self, uint32_t edges[PMP_EDGES_MAX]);
