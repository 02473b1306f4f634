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

enum {
	FLASH_START,
	FLASH_END,
	RAM_START,
	RAM_END
};

static uint32_t granule_up(uint32_t address)
{
	return (address + GRANULE - 1) & ~(uint32_t)(GRANULE - 1);
}

bool protection_set_flash(struct protection *self, uint32_t start, uint32_t end)
{
	if (start % GRANULE != 0 || end % GRANULE != 0 || start >= end) {
		return false;
	}
	self->addresses[FLASH_START] = start >> 2;
	self->addresses[FLASH_END] = end >> 2;
	return true;
}

bool protection_place_ram(struct protection *self, uint32_t from, uint32_t size, uint32_t *start,
			  uint32_t *end)
{
	uint32_t aligned = granule_up(from);

	if (aligned < from || aligned > UINT32_MAX - GRANULE ||
	    size > UINT32_MAX - GRANULE - aligned) {
		return false;
	}
	self->addresses[RAM_START] = aligned >> 2;
	self->addresses[RAM_END] = aligned >> 2;
	*start = aligned;
	*end = granule_up(aligned + size);
	return true;
}

uint32_t protection_reach(const struct protection *self, uint32_t app_break)
{
	(void)self;
	return granule_up(app_break);
}

void protection_set_break(struct protection *self, uint32_t app_break)
{
	self->addresses[RAM_END] = granule_up(app_break) >> 2;
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

void protection_apply(const struct protection *self)
{
	CSR_WRITE(pmpaddr0, self->addresses[FLASH_START]);
	CSR_WRITE(pmpaddr1, self->addresses[FLASH_END]);
	CSR_WRITE(pmpaddr2, self->addresses[RAM_START]);
	CSR_WRITE(pmpaddr3, self->addresses[RAM_END]);
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
