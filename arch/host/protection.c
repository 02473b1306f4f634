/* Protection in steps of a size that the test chooses. */

#include <arch/host.h>

enum {
	GRANULE_SMALLEST = 4
};

static uint32_t flash_granule = GRANULE_SMALLEST;
static uint32_t ram_granule = GRANULE_SMALLEST;
static struct protection applied;
static struct protection_share applied_shares[PROTECTION_SHARES];
static uint32_t writes, share_writes;

void host_set_granules(uint32_t flash, uint32_t ram)
{
	flash_granule = flash;
	ram_granule = ram;
}

static uint64_t step_up(uint32_t address, uint32_t granule)
{
	return ((uint64_t)address + granule - 1) / granule * granule;
}

bool protection_set_flash(struct protection *self, uint32_t start, uint32_t end)
{
	if (start >= end || start % flash_granule != 0 || end % flash_granule != 0) {
		return false;
	}
	self->flash_start = start;
	self->flash_end = end;
	return true;
}

bool protection_place_ram(struct protection *self, uint32_t from, uint32_t size, uint32_t *start,
			  uint32_t *end)
{
	uint64_t first = step_up(from, ram_granule);

	if (first + size + ram_granule > UINT32_MAX) {
		return false;
	}
	self->granule = ram_granule;
	self->ram_start = (uint32_t)first;
	self->ram_end = (uint32_t)first;
	*start = (uint32_t)first;
	*end = (uint32_t)step_up(*start + size, ram_granule);
	return true;
}

uint32_t protection_reach(const struct protection *self, uint32_t app_break)
{
	uint64_t reach = step_up(app_break, self->granule);

	return reach > UINT32_MAX ? UINT32_MAX : (uint32_t)reach;
}

void protection_set_break(struct protection *self, uint32_t app_break)
{
	self->ram_end = protection_reach(self, app_break);
}

bool protection_set_share(struct protection_share *self, uint32_t start, uint32_t length)
{
	uint64_t end = (uint64_t)start + length;

	if (length == 0 || end > UINT32_MAX || start % ram_granule != 0 || end % ram_granule != 0) {
		return false;
	}
	self->start = start;
	self->end = (uint32_t)end;
	return true;
}

void protection_apply_shares(const struct protection_share shares[PROTECTION_SHARES])
{
	for (int i = 0; i < PROTECTION_SHARES; i++) {
		applied_shares[i] = shares[i];
	}
	share_writes++;
}

uint32_t host_share_writes(void)
{
	return share_writes;
}

void protection_apply(const struct protection *self, const uint32_t bounds[PROCESS_BOUNDS])
{
	(void)bounds;
	applied = *self;
	writes++;
}

uint32_t host_protection_writes(void)
{
	return writes;
}

enum host_access host_access(uint32_t address)
{
	if (address >= applied.flash_start && address < applied.flash_end) {
		return HOST_ACCESS_READ_EXECUTE;
	}
	if (address >= applied.ram_start && address < applied.ram_end) {
		return HOST_ACCESS_READ_WRITE;
	}
	for (int i = 0; i < PROTECTION_SHARES; i++) {
		if (address >= applied_shares[i].start && address < applied_shares[i].end) {
			return HOST_ACCESS_READ_WRITE;
		}
	}
	return HOST_ACCESS_NONE;
}

uint32_t host_edges(uint32_t edges[HOST_EDGES_MAX])
{
	uint32_t count = 0;

	edges[count++] = applied.flash_start;
	edges[count++] = applied.flash_end;
	edges[count++] = applied.ram_start;
	edges[count++] = applied.ram_end;
	for (int i = 0; i < PROTECTION_SHARES; i++) {
		edges[count++] = applied_shares[i].start;
		edges[count++] = applied_shares[i].end;
	}
	return count;
}
