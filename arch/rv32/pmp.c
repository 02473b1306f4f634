/* Physical memory protection (RISC-V Privileged ISA 1.12, 3.7).
 *
 * Entries 0 and 1 bound flash, 2 and 3 RAM, the pairs from 4 on buffers of other processes: an entry
 * of type TOR covers what lies between the address before it and its own. No entry is locked, so machine mode may access everything; user
 * mode may access only what an entry permits. The granule is 4 bytes here; hardware may have a
 * coarser one (CAVEATS). */

#include "rv32.h"

enum {
	PMP_READ = 1,
	PMP_WRITE = 2,
	PMP_EXECUTE = 4,
	PMP_TOR = 1 << 3,
	GRANULE = 4,
};

static uint32_t granule_up(uint32_t address)
{
	return (address + GRANULE - 1) & ~(uint32_t)(GRANULE - 1);
}

bool protection_set_flash(struct protection *self, uint32_t start, uint32_t end)
{
	(void)self;
	return start % GRANULE == 0 && end % GRANULE == 0 && start < end;
}

bool protection_place_ram(struct protection *self, uint32_t from, uint32_t size, uint32_t *start,
			  uint32_t *end)
{
	uint32_t aligned = granule_up(from);

	(void)self;
	if (aligned < from || aligned > UINT32_MAX - GRANULE ||
	    size > UINT32_MAX - GRANULE - aligned) {
		return false;
	}
	*start = aligned;
	*end = granule_up(aligned + size);
	return true;
}

uint32_t protection_reach(const struct protection *self, uint32_t app_break)
{
	(void)self;
	return granule_up(app_break);
}

/* protection_apply() is told where the break is. */
void protection_set_break(struct protection *self, uint32_t app_break)
{
	(void)self;
	(void)app_break;
}

bool protection_set_share(struct protection_share *self, uint32_t start, uint32_t length)
{
	if (start % GRANULE != 0 || length % GRANULE != 0 || length == 0 ||
	    start > UINT32_MAX - length) {
		return false;
	}
	self->start = start >> 2;
	self->end = (start + length) >> 2;
	return true;
}

void protection_apply(const struct protection *self, const uint32_t bounds[PROCESS_BOUNDS])
{
	(void)self;
	CSR_WRITE(pmpaddr0, bounds[BOUND_FLASH_START] >> 2);
	CSR_WRITE(pmpaddr1, bounds[BOUND_FLASH_END] >> 2);
	CSR_WRITE(pmpaddr2, bounds[BOUND_RAM_START] >> 2);
	CSR_WRITE(pmpaddr3, granule_up(bounds[BOUND_APP_BREAK]) >> 2);
	CSR_WRITE(pmpcfg0,
		  (PMP_TOR | PMP_READ | PMP_EXECUTE) << 8 | (PMP_TOR | PMP_READ | PMP_WRITE) << 24);
}

/* A pair that is not used is off: QEMU 7.2 takes an empty range that ends at 0 for all of memory. */
static uint32_t share_mode(const struct protection_share *share)
{
	return share->end != 0 ? PMP_TOR | PMP_READ | PMP_WRITE : 0;
}

void protection_apply_shares(const struct protection_share shares[PROTECTION_SHARES])
{
	CSR_WRITE(pmpaddr4, shares[0].start);
	CSR_WRITE(pmpaddr5, shares[0].end);
	CSR_WRITE(pmpaddr6, shares[1].start);
	CSR_WRITE(pmpaddr7, shares[1].end);
	CSR_WRITE(pmpaddr8, shares[2].start);
	CSR_WRITE(pmpaddr9, shares[2].end);
	CSR_WRITE(pmpaddr10, shares[3].start);
	CSR_WRITE(pmpaddr11, shares[3].end);
	CSR_WRITE(pmpaddr12, shares[4].start);
	CSR_WRITE(pmpaddr13, shares[4].end);
	CSR_WRITE(pmpcfg1, share_mode(&shares[0]) << 8 | share_mode(&shares[1]) << 24);
	CSR_WRITE(pmpcfg2, share_mode(&shares[2]) << 8 | share_mode(&shares[3]) << 24);
	CSR_WRITE(pmpcfg3, share_mode(&shares[4]) << 8);
}
