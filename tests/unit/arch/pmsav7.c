#include "pmsav7.h"

enum {
	RBAR_VALID = 1 << 4,
	RBAR_REGION = 15,
	RASR_ENABLE = 1,
	CONTROL_ENABLE = 1,
	SIZE_SMALLEST = 4,   /* 32 bytes */
	SIZE_SUBREGIONS = 7, /* 256 bytes: from here on there are sub-regions */
	AP_READ_WRITE = 3,
	AP_NONE = 0,
	AP_PRIVILEGED = 1,
	AP_PRIVILEGED_READ = 5,
};

static uint32_t field(uint32_t value, uint32_t high, uint32_t low)
{
	return value >> low & ((1u << (high - low + 1)) - 1);
}

static uint32_t size_field(uint32_t attributes)
{
	return field(attributes, 5, 1);
}

static uint64_t region_bytes(uint32_t attributes)
{
	return 2ull << size_field(attributes);
}

void pmsav7_write_number(struct pmsav7 *self, uint32_t value)
{
	self->number = value;
}

void pmsav7_write_base(struct pmsav7 *self, uint32_t value)
{
	if ((value & RBAR_VALID) != 0) {
		self->number = value & RBAR_REGION;
	}
	if (self->number < PMSAV7_REGIONS) {
		self->regions[self->number].base = value & ~31u;
	}
}

void pmsav7_write_attributes(struct pmsav7 *self, uint32_t value)
{
	if (self->number < PMSAV7_REGIONS) {
		self->regions[self->number].attributes = value;
	}
}

void pmsav7_write_control(struct pmsav7 *self, uint32_t value)
{
	self->control = value;
}

static bool region_is_predictable(uint32_t base, uint32_t attributes)
{
	bool is_small = size_field(attributes) < SIZE_SUBREGIONS;

	if ((attributes & RASR_ENABLE) == 0) {
		return true;
	}
	return size_field(attributes) >= SIZE_SMALLEST && base % region_bytes(attributes) == 0 &&
	       (!is_small || field(attributes, 15, 8) == 0);
}

bool pmsav7_is_predictable(const struct pmsav7 *self)
{
	for (int i = 0; i < PMSAV7_REGIONS; i++) {
		if (!region_is_predictable(self->regions[i].base, self->regions[i].attributes)) {
			return false;
		}
	}
	return self->number < PMSAV7_REGIONS;
}

static bool region_matches(uint32_t base, uint32_t attributes, uint32_t address)
{
	uint64_t bytes = region_bytes(attributes);

	if ((attributes & RASR_ENABLE) == 0 || address < base || address - base >= bytes) {
		return false;
	}
	if (size_field(attributes) < SIZE_SUBREGIONS) {
		return true;
	}
	return (field(attributes, 15, 8) >> (address - base) / (bytes / 8) & 1) == 0;
}

static enum host_access region_access(uint32_t attributes)
{
	uint32_t permissions = field(attributes, 26, 24);
	bool never_execute = field(attributes, 28, 28) != 0;

	switch (permissions) {
	case AP_NONE:
	case AP_PRIVILEGED:
	case AP_PRIVILEGED_READ:
		return HOST_ACCESS_NONE;
	case AP_READ_WRITE:
		return never_execute ? HOST_ACCESS_READ_WRITE : HOST_ACCESS_OTHER;
	case 6:
	case 7:
		return never_execute ? HOST_ACCESS_OTHER : HOST_ACCESS_READ_EXECUTE;
	default:
		return HOST_ACCESS_OTHER;
	}
}

enum host_access pmsav7_access(const struct pmsav7 *self, uint32_t address)
{
	if ((self->control & CONTROL_ENABLE) == 0) {
		return HOST_ACCESS_OTHER; /* all may do anything */
	}
	for (int i = PMSAV7_REGIONS - 1; i >= 0; i--) { /* the highest number that matches wins */
		uint32_t attributes = self->regions[i].attributes;

		if (region_matches(self->regions[i].base, attributes, address)) {
			return region_access(attributes);
		}
	}
	return HOST_ACCESS_NONE;
}

uint32_t pmsav7_edges(const struct pmsav7 *self, uint32_t edges[PMSAV7_EDGES_MAX])
{
	uint32_t count = 0;

	for (int i = 0; i < PMSAV7_REGIONS; i++) {
		uint32_t attributes = self->regions[i].attributes;

		for (uint32_t j = 0; j <= 8 && (attributes & RASR_ENABLE) != 0; j++) {
			uint64_t edge = self->regions[i].base + j * (region_bytes(attributes) / 8);

			edges[count++] = (uint32_t)edge; /* the end of memory is 0 */
		}
	}
	return count;
}
