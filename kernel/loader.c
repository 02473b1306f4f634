/* Walks the list of applications in flash. Whatever the flash holds, the walk ends: each step moves
 * forward, and never past the end. A damaged entry costs only itself, or ends the list where its
 * lengths cannot be trusted. */

#include "loader.h"
#include "credential.h"
#include "memory_functions.h"
#include "process.h"
#include "tbf.h"
#include <stddef.h>

/* Lowest RAM that no process has yet. */
static uint32_t ram_free;

/* Flash and RAM of a process to be. */
struct placement {
	uint32_t ram_start;
	uint32_t app_end; /* all that the process can ever use */
	uint32_t ram_end;
	struct protection protection;
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

static enum load_outcome address_check(const struct tbf *tbf, struct load_result *result)
{
	result->detail = tbf->fixed_flash;
	result->detail_found = result->flash_start + tbf->app_offset;
	if (tbf->fixed_flash != TBF_NOT_FIXED && tbf->fixed_flash != result->detail_found) {
		return LOAD_WRONG_FLASH_ADDRESS;
	}
	return LOAD_STARTED;
}

/* What can be said of an entry by its header alone; its lengths fit into the flash. */
static enum load_outcome header_check(struct tbf *tbf, struct load_result *result)
{
	const uint8_t *bytes = (const uint8_t *)(uintptr_t)result->flash_start;

	if (tbf->header_size < TBF_HEADER_BYTES || tbf->header_size > tbf->total_size) {
		result->detail = tbf->header_size;
		result->detail_found = tbf->total_size;
		return LOAD_BAD_LENGTHS;
	}

	enum load_outcome outcome = tbf_parse(bytes, tbf);

	result->name = tbf_value(bytes, tbf->name);
	if (outcome != LOAD_STARTED) {
		return outcome;
	}
	if (!tbf->is_enabled) {
		return LOAD_DISABLED;
	}
	outcome = version_check(tbf, result);
	return outcome == LOAD_STARTED ? address_check(tbf, result) : outcome;
}

static enum load_outcome trust_check(const struct tbf *tbf, struct load_result *result)
{
	struct tbf_credential credential = {0};
	enum load_outcome outcome =
	    credential_check((const uint8_t *)(uintptr_t)result->flash_start, tbf, &credential);

	result->detail = credential.format;
	return outcome;
}

/* Reads the lengths of the entry at `start`. LOAD_PADDING: the list ends here in good order. */
static enum load_outcome lengths_check(uint32_t start, struct tbf *tbf, struct load_result *result)
{
	uint32_t left = kernel.board->flash_end - start;

	if (left < TBF_LENGTHS_BYTES || !tbf_read_lengths((const uint8_t *)(uintptr_t)start, tbf)) {
		return LOAD_PADDING;
	}
	if (tbf->total_size == 0) {
		return LOAD_ENDLESS;
	}
	result->detail = tbf->total_size;
	result->detail_found = left;
	return tbf->total_size > left ? LOAD_BEYOND_FLASH : LOAD_STARTED;
}

/* --- Short ids: of the applications that could be loaded under one of them, only one is --- */

/* Whether the entry at `start` goes before the application of `own`; never before itself. Last comes
 * what takes longest. */
static bool rival_wins(uint32_t start, struct tbf *rival, const struct tbf *own, uint32_t own_start)
{
	struct load_result unused = {.flash_start = start};

	return header_check(rival, &unused) == LOAD_STARTED && rival->short_id == own->short_id &&
	       (rival->version > own->version ||
		(rival->version == own->version && start < own_start)) &&
	       trust_check(rival, &unused) == LOAD_STARTED;
}

static enum load_outcome short_id_check(const struct tbf *own, struct load_result *result)
{
	uint32_t start = kernel.board->flash_start;
	struct load_result unused;
	struct tbf each;

	while (own->short_id != 0 && lengths_check(start, &each, &unused) == LOAD_STARTED) {
		if (rival_wins(start, &each, own, result->flash_start)) {
			result->detail = own->short_id;
			result->detail_found = start;
			return LOAD_SHORT_ID_TAKEN;
		}
		start += each.total_size;
	}
	return LOAD_STARTED;
}

/* --- Places --- */

static enum load_outcome flash_place(const struct tbf *tbf, struct load_result *result,
				     struct placement *place)
{
	uint32_t start = result->flash_start;

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
	process->id.private_value = kernel.process_count;
	process->flash_start = flash_start;
	process->flash_app = flash_start + tbf->app_offset;
	process->flash_end = flash_start + tbf->total_size;
	process->program = tbf->program;
	process->ram_start = place->ram_start;
	process->ram_end = place->ram_end;
	process->permissions = tbf->permissions;
	process->name = tbf->name;
	system_call_prepare(process);
	return process;
}

static void process_load(const struct tbf *tbf, const struct placement *place,
			 struct load_result *result)
{
	struct process *process = process_create(tbf, place, result->flash_start);

	kernel.board->processes[kernel.process_count] = process;
	kernel.process_count++;
	ram_free = place->ram_end;
	process_start(process);
	result->id = process->id;
}

static enum load_outcome app_load(const struct tbf *tbf, struct load_result *result)
{
	struct placement place = {0};
	enum load_outcome outcome = LOAD_STARTED;

	if (kernel.process_count == kernel.board->process_slots) {
		return LOAD_NO_SLOT;
	}
	outcome = flash_place(tbf, result, &place);
	if (outcome == LOAD_STARTED) {
		outcome = ram_place(tbf, result, &place);
	}
	if (outcome == LOAD_STARTED) {
		process_load(tbf, &place, result);
	}
	return outcome;
}

/* The entry whose lengths fit into the flash. */
static enum load_outcome entry_load(struct tbf *tbf, struct load_result *result)
{
	enum load_outcome outcome = header_check(tbf, result);

	if (outcome == LOAD_STARTED) {
		outcome = trust_check(tbf, result);
	}
	if (outcome == LOAD_STARTED) {
		outcome = short_id_check(tbf, result);
	}
	return outcome == LOAD_STARTED ? app_load(tbf, result) : outcome;
}

/* Loads one entry. Returns the bytes it takes; 0: the list ends here. */
static uint32_t loader_step(uint32_t start)
{
	struct tbf tbf;
	struct load_result result = {.flash_start = start};

	result.outcome = lengths_check(start, &tbf, &result);
	if (result.outcome == LOAD_PADDING) {
		return 0;
	}
	if (result.outcome == LOAD_STARTED) {
		result.outcome = entry_load(&tbf, &result);
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
		step = loader_step(position);
		position += step;
	}
}
