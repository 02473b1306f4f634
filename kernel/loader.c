/* Walks the list of applications in flash. Whatever the flash holds, the walk ends: each step moves
 * forward, and never past the end. A damaged entry costs only itself, or ends the list where its
 * lengths cannot be trusted. */

#include "loader.h"
#include "memory_functions.h"
#include "process.h"
#include "tbf.h"
#include <stddef.h>

/* What applications may ask for with the KernelVersion element: the system-call ABI offered. */
enum {
	KERNEL_MAJOR = 2,
	KERNEL_MINOR = 3
};

/* Lowest RAM that no process has yet. */
static uint32_t ram_free;

/* Flash and RAM of a process to be. */
struct placement {
	struct protection protection;
	uint32_t ram_start;
	uint32_t app_end; /* all that the process can ever use */
	uint32_t ram_end;
};

static enum load_outcome version_check(const struct tbf *tbf, struct load_result *result)
{
	if (!tbf->has_kernel_version) {
		return LOAD_NO_KERNEL_VERSION;
	}
	result->detail = (uint32_t)tbf->kernel_major << 16 | tbf->kernel_minor;
	result->detail_found = KERNEL_MAJOR << 16 | KERNEL_MINOR;
	if (tbf->kernel_major != KERNEL_MAJOR || tbf->kernel_minor > KERNEL_MINOR) {
		return LOAD_WRONG_KERNEL_VERSION;
	}
	return LOAD_STARTED;
}

static enum load_outcome flash_place(const struct tbf *tbf, struct load_result *result,
				     struct placement *place)
{
	uint32_t start = result->flash_start;

	result->detail = tbf->fixed_flash;
	result->detail_found = start + tbf->app_offset;
	if (tbf->fixed_flash != TBF_NOT_FIXED && tbf->fixed_flash != start + tbf->app_offset) {
		return LOAD_WRONG_FLASH_ADDRESS;
	}
	result->detail = tbf->total_size;
	if (!protection_set_flash(&place->protection, start, start + tbf->total_size)) {
		return LOAD_FLASH_UNPROTECTABLE;
	}
	return LOAD_STARTED;
}

/* Finds `size` bytes for the process and, above them, room for the kernel's part. */
static bool ram_find(uint32_t from, uint32_t size, struct placement *place)
{
	uint32_t end = kernel.board->ram_end;

	if (from > end || size > end - from ||
	    !protection_place_ram(&place->protection, from, size, &place->ram_start,
				  &place->app_end) ||
	    place->app_end > end || end - place->app_end < process_size() + 7) {
		return false;
	}
	place->ram_end = ((place->app_end + 7) & ~7u) + process_size();
	return true;
}

static enum load_outcome ram_place(const struct tbf *tbf, struct load_result *result,
				   struct placement *place)
{
	uint32_t size = tbf->minimum_ram;
	uint32_t from = ram_free;

	if (size < CONTEXT_START_BYTES + 1) {
		size = CONTEXT_START_BYTES + 1;
	}
	if (tbf->fixed_ram != TBF_NOT_FIXED) {
		result->detail = tbf->fixed_ram;
		result->detail_found = from;
		if (tbf->fixed_ram < from || tbf->fixed_ram >= kernel.board->ram_end) {
			return LOAD_WRONG_RAM_ADDRESS;
		}
		from = tbf->fixed_ram;
	}
	if (!ram_find(from, size, place)) {
		result->detail = size;
		result->detail_found = kernel.board->ram_end - from;
		return LOAD_NO_RAM;
	}
	if (tbf->fixed_ram != TBF_NOT_FIXED && place->ram_start != tbf->fixed_ram) {
		result->detail_found = place->ram_start;
		return LOAD_WRONG_RAM_ADDRESS;
	}
	return LOAD_STARTED;
}

static struct process *process_create(const struct tbf *tbf, const struct placement *place,
				      uint32_t flash_start)
{
	struct process *process = (void *)(uintptr_t)(place->ram_end - process_size());

	memset(process, 0, process_size());
	process->protection = place->protection;
	process->slot = (uint8_t)kernel.process_count;
	process->flash_start = flash_start;
	process->flash_app = flash_start + tbf->app_offset;
	process->flash_end = flash_start + tbf->total_size;
	process->entry = flash_start + tbf->entry_offset;
	process->ram_start = place->ram_start;
	process->ram_end = place->ram_end;
	process->name_offset = tbf->name_offset;
	process->name_length = tbf->name_length;
	process->regions_offset = tbf->regions_offset;
	process->regions_count = tbf->regions_count;
	return process;
}

static enum load_outcome app_load(const struct tbf *tbf, struct load_result *result)
{
	struct placement place = {0};

	if (!tbf->is_enabled) {
		return LOAD_DISABLED;
	}
	if (kernel.process_count == kernel.board->process_slots) {
		return LOAD_NO_SLOT;
	}

	enum load_outcome outcome = version_check(tbf, result);

	if (outcome == LOAD_STARTED) {
		outcome = flash_place(tbf, result, &place);
	}
	if (outcome == LOAD_STARTED) {
		outcome = ram_place(tbf, result, &place);
	}
	if (outcome != LOAD_STARTED) {
		return outcome;
	}

	struct process *process = process_create(tbf, &place, result->flash_start);

	kernel.board->processes[kernel.process_count] = process;
	kernel.process_count++;
	ram_free = place.ram_end;
	process_start(process);
	result->id = process->id;
	return LOAD_STARTED;
}

/* The entry at `start`, whose lengths fit into the flash. */
static enum load_outcome entry_load(uint32_t start, struct tbf *tbf, struct load_result *result)
{
	const uint8_t *bytes = (const uint8_t *)(uintptr_t)start;

	if (tbf->header_size < TBF_HEADER_BYTES || tbf->header_size > tbf->total_size) {
		result->detail = tbf->header_size;
		result->detail_found = tbf->total_size;
		return LOAD_BAD_LENGTHS;
	}

	enum load_outcome outcome = tbf_parse(bytes, tbf);

	result->name = (struct read_span){bytes + tbf->name_offset, tbf->name_length};
	return outcome == LOAD_STARTED ? app_load(tbf, result) : outcome;
}

/* Loads one entry, with `left` bytes of flash from its start. Returns the bytes it takes; 0: the
 * list ends here. */
static uint32_t loader_step(uint32_t start, uint32_t left)
{
	struct tbf tbf = {0};
	struct load_result result = {.flash_start = start};

	if (left < TBF_LENGTHS_BYTES ||
	    !tbf_read_lengths((const uint8_t *)(uintptr_t)start, &tbf)) {
		return 0;
	}
	if (tbf.total_size == 0) {
		result.outcome = LOAD_ENDLESS;
	} else if (tbf.total_size > left) {
		result.outcome = LOAD_BEYOND_FLASH;
		result.detail = tbf.total_size;
		result.detail_found = left;
	} else {
		result.outcome = entry_load(start, &tbf, &result);
	}
	observer_loaded(kernel.board->observer, &result);

	bool is_last = result.outcome == LOAD_ENDLESS || result.outcome == LOAD_BEYOND_FLASH ||
		       result.outcome == LOAD_NO_SLOT;

	return is_last ? 0 : tbf.total_size;
}

void loader_run(void)
{
	uint32_t position = kernel.board->flash_start;
	uint32_t step = 1;

	ram_free = kernel.board->ram_start;
	kernel.process_count = 0;
	while (step != 0) {
		step = loader_step(position, kernel.board->flash_end - position);
		position += step;
	}
}
