#include "pmp_entries.h"

enum {
	MODE_OFF,
	MODE_TOR,
	MODE_NA4,
	MODE_NAPOT
};

struct range {
	uint64_t start, end;
};

static uint32_t entry_configuration(const struct pmp *self, uint32_t entry)
{
	return self->configuration[entry / 4] >> entry % 4 * 8 & 0xff;
}

static uint32_t entry_mode(const struct pmp *self, uint32_t entry)
{
	return entry_configuration(self, entry) >> 3 & 3;
}

/* Physical addresses have 34 bits. */
static struct range entry_range(const struct pmp *self, uint32_t entry)
{
	uint64_t address = self->addresses[entry];
	uint64_t bytes = 8;

	switch (entry_mode(self, entry)) {
	case MODE_TOR:
		return (struct range){entry == 0 ? 0 : (uint64_t)self->addresses[entry - 1] << 2,
				      address << 2};
	case MODE_NA4:
		return (struct range){address << 2, (address << 2) + 4};
	case MODE_NAPOT:
		while ((address & 1) != 0) {
			address >>= 1;
			bytes *= 2;
		}
		return (struct range){address * (bytes / 2), address * (bytes / 2) + bytes};
	default:
		return (struct range){0, 0};
	}
}

enum host_access pmp_access(const struct pmp *self, uint32_t address)
{
	for (uint32_t i = 0; i < PMP_ENTRIES; i++) { /* the lowest number that matches wins */
		if (entry_mode(self, i) == MODE_OFF) {
			continue;
		}

		struct range range = entry_range(self, i);

		if (address >= range.start && address < range.end) {
			static const enum host_access by_permission[] = {
			    HOST_ACCESS_NONE,       HOST_ACCESS_OTHER, HOST_ACCESS_OTHER,
			    HOST_ACCESS_READ_WRITE, HOST_ACCESS_OTHER, HOST_ACCESS_READ_EXECUTE,
			    HOST_ACCESS_OTHER,      HOST_ACCESS_OTHER};

			return by_permission[entry_configuration(self, i) & 7];
		}
	}
	return HOST_ACCESS_NONE;
}

uint32_t pmp_edges(const struct pmp *self, uint32_t edges[PMP_EDGES_MAX])
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < PMP_ENTRIES; i++) {
		if (entry_mode(self, i) != MODE_OFF) {
			struct range range = entry_range(self, i);

			edges[count++] = (uint32_t)range.start;
			edges[count++] = (uint32_t)range.end;
		}
	}
	return count;
}
