#pragma once

#include <arch/host.h>
#include <stdint.h>

/* The ARMv7-M MPU, as the architecture manual words it (ARMv7-M ARM, B3.5), from its registers'
 * values. Written without looking at how the kernel computes them. */

enum {
	PMSAV7_REGIONS = 8,
	PMSAV7_EDGES_MAX = PMSAV7_REGIONS * 9
};

struct pmsav7 {
	uint32_t control;
	uint32_t number; /* of the region that the next values are for */
	struct {
		uint32_t base;
		uint32_t attributes;
	} regions[PMSAV7_REGIONS];
};

/* Writes MPU_RNR, MPU_RBAR, MPU_RASR, MPU_CTRL. */
void pmsav7_write_number(struct pmsav7 *self, uint32_t value);
void pmsav7_write_base(struct pmsav7 *self, uint32_t value);
void pmsav7_write_attributes(struct pmsav7 *self, uint32_t value);
void pmsav7_write_control(struct pmsav7 *self, uint32_t value);

/* False: a region that does not exist was selected, or the values of one that is enabled are
 * UNPREDICTABLE. */
bool pmsav7_is_predictable(const struct pmsav7 *self);

/* What unprivileged code may do at an address. */
enum host_access pmsav7_access(const struct pmsav7 *self, uint32_t address);

/* Every address where the answer of pmsav7_access() can differ from that of the address before it.
 * Returns how many there are. */
uint32_t pmsav7_edges(const struct pmsav7 *self, uint32_t edges[PMSAV7_EDGES_MAX]);
