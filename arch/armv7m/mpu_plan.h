#pragma once

/* The part of arch.h that is arithmetic, apart from the hardware, so that the host can test it. */

#include <arch/protection.h>
#include <stdbool.h>

bool protection_set_flash(struct protection *self, uint32_t start, uint32_t end);
bool protection_place_ram(struct protection *self, uint32_t from, uint32_t size, uint32_t *start,
			  uint32_t *end);
uint32_t protection_reach(const struct protection *self, uint32_t app_break);
void protection_set_break(struct protection *self, uint32_t app_break);
bool protection_set_share(struct protection_share *self, uint32_t start, uint32_t length);

/* RBAR: VALID, so that the region number below it is taken from the same word (B3.5.8). */
#define MPU_REGION_VALID 0x10u

/* What RBAR gets for the share in this place. A share that was never set selects its region too. */
static inline uint32_t protection_share_base(const struct protection_share *self, uint32_t place)
{
	return self->region.base | MPU_REGION_VALID | (PROTECTION_REGIONS + place);
}
