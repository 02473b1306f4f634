/* What the ARMv7-M MPU can express (ARMv7-M ARM, B3.5): pure arithmetic, no hardware.
 *
 * A region is a power of two in size, aligned to it, and from 256 bytes on has eight sub-regions
 * that can be switched off one by one. Flash is one region with sub-regions. RAM is two adjacent
 * regions of size S, together sixteen sub-regions of S/8, the granule; a process's RAM may begin at
 * any granule and end at any granule of them. So no more than a granule is lost at either end, and
 * a block need be neither a power of two long nor aligned to its length. A buffer of another process
 * is one region, like flash: exact, or refused. */

#include "mpu_plan.h"

enum {
	GRANULE_LOG2_MIN = 5,  /* 256 / 8 */
	GRANULE_LOG2_MAX = 28, /* two regions of 2^31 */
	SUBREGIONS = 8,
	RAM_SUBREGIONS = 16,
};

/* RASR (B3.5.9). Both are normal memory; RAM is never executable. */
#define RASR_ENABLE        1u
#define RASR_SIZE(log2)    (((log2) - 1u) << 1)
#define RASR_DISABLED(set) ((uint32_t)(set) << 8)
#define RASR_CACHEABLE     (1u << 17)
#define RASR_SHAREABLE     (1u << 18)
#define RASR_READ_WRITE    (3u << 24)
#define RASR_READ_ONLY     (6u << 24)
#define RASR_NO_EXECUTE    (1u << 28)

#define ATTRIBUTES_FLASH (RASR_READ_ONLY | RASR_CACHEABLE)
#define ATTRIBUTES_RAM   (RASR_READ_WRITE | RASR_NO_EXECUTE | RASR_CACHEABLE | RASR_SHAREABLE)

enum {
	REGION_FLASH = 0,
	REGION_RAM = 1
};

/* Bits [first, last) of a set. */
static uint32_t bits_between(uint32_t first, uint32_t last)
{
	return ((1u << last) - 1) & ~((1u << first) - 1);
}

static struct mpu_region region_make(uint32_t number, uint32_t base, uint32_t granule_log2,
				     uint32_t enabled, uint32_t attributes)
{
	struct mpu_region region = {.base = base | MPU_REGION_VALID | number};

	if (enabled != 0) {
		region.attributes = attributes | RASR_ENABLE | RASR_SIZE(granule_log2 + 3) |
				    RASR_DISABLED(~enabled & 0xff);
	}
	return region;
}

/* Whether sub-regions of this size, all in one region, make up exactly [start, end). */
static bool range_fits(uint32_t start, uint32_t end, uint32_t granule_log2)
{
	uint32_t granule = 1u << granule_log2;
	uint32_t base = start & ~(granule * SUBREGIONS - 1);

	return start % granule == 0 && end % granule == 0 && end - base <= granule * SUBREGIONS;
}

/* Makes the region that covers exactly [start, end); false: there is none. */
static bool region_fit(struct mpu_region *region, uint32_t number, uint32_t start, uint32_t end,
		       uint32_t attributes)
{
	for (uint32_t log2 = GRANULE_LOG2_MIN; log2 <= GRANULE_LOG2_MAX; log2++) {
		if (start < end && range_fits(start, end, log2)) {
			uint32_t base = start & ~(((uint32_t)SUBREGIONS << log2) - 1);
			uint32_t enabled =
			    bits_between((start - base) >> log2, (end - base) >> log2);

			*region = region_make(number, base, log2, enabled, attributes);
			return true;
		}
	}
	return false;
}

bool protection_set_flash(struct protection *self, uint32_t start, uint32_t end)
{
	return region_fit(&self->regions[REGION_FLASH], REGION_FLASH, start, end, ATTRIBUTES_FLASH);
}

bool protection_set_share(struct protection_share *self, uint32_t start, uint32_t length)
{
	return region_fit(&self->region, 0, start, start + length, ATTRIBUTES_RAM);
}

bool protection_place_ram(struct protection *self, uint32_t from, uint32_t size, uint32_t *start,
			  uint32_t *end)
{
	for (uint32_t log2 = GRANULE_LOG2_MIN; log2 < GRANULE_LOG2_MAX; log2++) {
		uint32_t granule = 1u << log2;
		uint32_t aligned = (from + granule - 1) & ~(granule - 1);
		uint32_t base = aligned & ~(granule * SUBREGIONS - 1);
		uint32_t first = (aligned - base) >> log2;
		uint32_t room = (RAM_SUBREGIONS - first) << log2;

		if (aligned < from || size > room || aligned > UINT32_MAX - granule ||
		    size > UINT32_MAX - granule - aligned) {
			continue;
		}
		self->ram_base = base;
		self->ram_first = (uint8_t)first;
		self->granule_log2 = (uint8_t)log2;
		*start = aligned;
		*end = aligned + ((size + granule - 1) & ~(granule - 1));
		return true;
	}
	return false;
}

/* Sub-regions, from ram_base on, that reach `app_break`. */
static uint32_t ram_last(const struct protection *self, uint32_t app_break)
{
	uint32_t granule = 1u << self->granule_log2;

	return (app_break - self->ram_base + granule - 1) >> self->granule_log2;
}

uint32_t protection_reach(const struct protection *self, uint32_t app_break)
{
	uint32_t last = ram_last(self, app_break);

	return last > RAM_SUBREGIONS ? UINT32_MAX : self->ram_base + (last << self->granule_log2);
}

void protection_set_break(struct protection *self, uint32_t app_break)
{
	uint32_t enabled = bits_between(self->ram_first, ram_last(self, app_break));

	for (uint32_t i = 0; i < RAM_SUBREGIONS / SUBREGIONS; i++) {
		uint32_t base = self->ram_base + ((i * SUBREGIONS) << self->granule_log2);

		self->regions[REGION_RAM + i] =
		    region_make(REGION_RAM + i, base, self->granule_log2,
				enabled >> (i * SUBREGIONS) & 0xff, ATTRIBUTES_RAM);
	}
}
