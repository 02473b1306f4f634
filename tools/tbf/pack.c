/* First everything is decided: where the program's memories are, what the segments cover in each,
 * how large header and whole become. Only then are bytes put together; nothing can go wrong there.
 *
 * Invariant: all addresses of `struct plan` are 64 bits wide and were compared with the 32-bit
 * address space before, so that no sum of them wraps. */

#include <tools/tbf/command_line.h>
#include <tools/tbf/digest.h>
#include <tools/tbf/elf_relocation.h>
#include <tools/tbf/mpu.h>
#include <tools/tbf/pack.h>
#include <tools/tbf/tock_program.h>

#include <stdlib.h>
#include <string.h>

#define HEADER_AREA        0x80u
#define SLOT_ALIGNMENT     0x400u
#define TOCK_ALIGNMENT     0x100u
#define PROGRAM_SIZE_MAX   (16u * 1024 * 1024)
#define SHA_256_FOOTER     (8u + TBF_SHA_256_SIZE)
#define SYMBOL_FLASH_START "_flash_start"
#define SYMBOL_RAM_START   "_ram_start"

struct plan {
	const struct program *program;
	const char *path;

	uint64_t flash_start; /* K1 */
	uint64_t flash_end;   /* behind the last byte loaded, a multiple of 4 from flash_start */
	uint64_t ram_start;   /* K2 */
	uint64_t ram_end;

	uint64_t slot;
	uint64_t area;    /* bytes of the header area */
	uint64_t footers; /* bytes that footers need at least */
	uint64_t total_size;

	uint8_t *relocations; /* K7; NULL: for fixed addresses */
	size_t relocations_length;

	bool is_tock; /* K8; then also `tock` */
	struct tock_program tock;
	uint8_t *appended; /* what lies from `appended_at` to `flash_end`; NULL: nothing */
	size_t appended_length;
	uint64_t appended_at;

	struct tbf_region *regions; /* those asked for, and those of K8 */
	size_t region_count;
};

static uint64_t align_up(uint64_t value, uint64_t alignment)
{
	return (value + alignment - 1) / alignment * alignment;
}

static uint64_t symbol_address(const struct plan *plan, const char *name)
{
	uint32_t value;

	if (!program_symbol(plan->program, name, &value)) {
		refuse("%s: has no symbol %s; define it in the linker script and do not strip",
		       plan->path, name);
	}
	return value;
}

static void find_memories(struct plan *plan)
{
	plan->is_tock = tock_program_is(plan->program);
	if (plan->is_tock) {
		tock_program_read(&plan->tock, plan->program);
		plan->flash_start = plan->tock.flash_start;
		plan->ram_start = plan->tock.ram_start;
	} else {
		plan->flash_start = symbol_address(plan, SYMBOL_FLASH_START);
		plan->ram_start = symbol_address(plan, SYMBOL_RAM_START);
	}
	if (plan->flash_start == plan->ram_start) {
		refuse("%s: flash and RAM both begin at 0x%08llx; correct " SYMBOL_FLASH_START
		       " and " SYMBOL_RAM_START " in the linker script",
		       plan->path, (unsigned long long)plan->flash_start);
	}
	plan->flash_end = plan->flash_start;
	plan->ram_end = plan->ram_start;
}

/* K3: whether [from, from + size) is in the memory that begins at `start`, given where the other
 * one begins. */
static bool memory_holds(uint64_t start, uint64_t other, uint64_t from, uint64_t size)
{
	return from >= start && (other < start || from + size <= other);
}

static bool in_flash(const struct plan *plan, uint64_t from, uint64_t size)
{
	return memory_holds(plan->flash_start, plan->ram_start, from, size);
}

static bool in_ram(const struct plan *plan, uint64_t from, uint64_t size)
{
	return memory_holds(plan->ram_start, plan->flash_start, from, size);
}

/* The linker likes to load the ELF file's own headers along, in the free space before the program:
 * just where our header goes. */
static struct segment without_elf_headers(const struct plan *plan, struct segment segment)
{
	bool starts_before =
	    segment.load_address < plan->flash_start && segment.load_address == segment.run_address;

	if (!segment.holds_elf_headers || !starts_before) {
		return segment;
	}
	uint64_t before = plan->flash_start - segment.load_address;
	uint32_t cut = before < segment.file_size ? (uint32_t)before : segment.file_size;
	segment.load_address += cut;
	segment.run_address += cut;
	segment.file_offset += cut;
	segment.file_size -= cut;
	segment.memory_size -= cut;
	return segment;
}

/* Segment `index` as it is to be loaded; both sizes may be 0. */
static struct segment plan_segment(const struct plan *plan, size_t index)
{
	return without_elf_headers(plan, plan->program->segments[index]);
}

static void cover_flash(struct plan *plan, const struct segment *segment)
{
	uint64_t end = (uint64_t)segment->load_address + segment->file_size;

	if (segment->file_size == 0) {
		return;
	}
	if (!in_flash(plan, segment->load_address, segment->file_size)) {
		refuse("%s: 0x%08x..0x%08llx is to be loaded outside the flash that begins at "
		       "0x%08llx; give the section a load address in flash (AT>)",
		       plan->path, segment->load_address, (unsigned long long)end,
		       (unsigned long long)plan->flash_start);
	}
	if (end > plan->flash_end) {
		plan->flash_end = end;
	}
}

static void cover_ram(struct plan *plan, const struct segment *segment)
{
	uint64_t end = (uint64_t)segment->run_address + segment->memory_size;

	if (!in_ram(plan, segment->run_address, segment->memory_size)) {
		refuse("%s: 0x%08x..0x%08llx is neither in the RAM from 0x%08llx nor in the flash "
		       "from 0x%08llx; correct the linker script",
		       plan->path, segment->run_address, (unsigned long long)end,
		       (unsigned long long)plan->ram_start, (unsigned long long)plan->flash_start);
	}
	if (end > plan->ram_end) {
		plan->ram_end = end;
	}
}

static void cover_segment(struct plan *plan, const struct segment *segment)
{
	cover_flash(plan, segment);
	if (segment->memory_size == 0) {
		return;
	}
	if (!in_flash(plan, segment->run_address, segment->memory_size)) {
		cover_ram(plan, segment);
		return;
	}
	if (segment->run_address != segment->load_address ||
	    segment->memory_size != segment->file_size) {
		refuse("%s: 0x%08x..0x%08llx runs in flash but is not loaded there; place it in "
		       "RAM",
		       plan->path, segment->run_address,
		       (unsigned long long)segment->run_address + segment->memory_size);
	}
}

static bool ranges_overlap(uint64_t a, uint64_t a_size, uint64_t b, uint64_t b_size)
{
	return a < b + b_size && b < a + a_size;
}

static void check_overlap(const struct plan *plan, const struct segment *a, const struct segment *b)
{
	if (ranges_overlap(a->load_address, a->file_size, b->load_address, b->file_size)) {
		refuse("%s: two segments are loaded over each other, at 0x%08x and 0x%08x; "
		       "correct the linker script",
		       plan->path, a->load_address, b->load_address);
	}
	if (ranges_overlap(a->run_address, a->memory_size, b->run_address, b->memory_size)) {
		refuse("%s: two segments overlap in memory, at 0x%08x and 0x%08x; correct the "
		       "linker script",
		       plan->path, a->run_address, b->run_address);
	}
}

static void cover_segments(struct plan *plan)
{
	for (size_t i = 0; i < plan->program->segment_count; i++) {
		struct segment segment = plan_segment(plan, i);
		cover_segment(plan, &segment);
		for (size_t j = 0; j < i; j++) {
			struct segment earlier = plan_segment(plan, j);
			check_overlap(plan, &segment, &earlier);
		}
	}
	uint64_t size = plan->flash_end - plan->flash_start;
	if (size > PROGRAM_SIZE_MAX) {
		refuse("%s: spans %llu bytes of flash from 0x%08llx, the limit is %u; look for a "
		       "stray load address in the linker script",
		       plan->path, (unsigned long long)size, (unsigned long long)plan->flash_start,
		       PROGRAM_SIZE_MAX);
	}
	plan->flash_end = plan->flash_start + align_up(size, 4);
}

static void check_entry(const struct plan *plan)
{
	uint64_t entry = plan->program->entry;

	if (entry == 0 && plan->flash_start > 0) {
		refuse("%s: has no entry point; name one with ENTRY() in the linker script",
		       plan->path);
	}
	if (entry < plan->flash_start || entry >= plan->flash_end) {
		refuse("%s: entry point 0x%08llx lies outside the program at 0x%08llx..0x%08llx; "
		       "correct ENTRY() in the linker script",
		       plan->path, (unsigned long long)entry, (unsigned long long)plan->flash_start,
		       (unsigned long long)plan->flash_end);
	}
}

/* K7 */
static void find_relocations(struct plan *plan)
{
	struct elf_memories memories = {plan->flash_start, plan->flash_end, plan->ram_start};

	if (!plan->is_tock && elf_relocation_exists(plan->program)) {
		plan->relocations =
		    elf_relocation_table(plan->program, &memories, &plan->relocations_length);
	}
}

static void check_header_size(const struct plan *plan, size_t header_size)
{
	if (header_size <= TBF_HEADER_SIZE_MAX) {
		return;
	}
	if (plan->relocations_length > header_size / 2) {
		refuse("%s: a header of %zu bytes is too large for its %zu bytes of relocations; "
		       "link it for fixed addresses, without --emit-relocs",
		       plan->path, header_size, plan->relocations_length);
	}
	refuse("%s: a header of %zu bytes is too large; give fewer permissions or a shorter name",
	       plan->path, header_size);
}

/* K7. Where the program was linked decides nothing but must leave room for the header. */
static void choose_slot_anywhere(struct plan *plan, size_t header_size)
{
	struct relocation_table table;

	if (relocation_read(&table, plan->relocations, plan->relocations_length) != NULL) {
		refuse("%s: its relocation table cannot be read back; please report this",
		       plan->path);
	}
	plan->area = align_up(header_size, table.flash_alignment);
	if (plan->area > plan->flash_start) {
		refuse("%s: linked for 0x%08llx, which leaves no room for its header before it; "
		       "link for addresses from 0x%x up",
		       plan->path, (unsigned long long)plan->flash_start,
		       ELF_RELOCATION_ADDRESS_MIN);
	}
	plan->slot = plan->flash_start - plan->area;
}

/* K8 */
static void choose_slot_tock(struct plan *plan, size_t header_size)
{
	const struct tock_program *tock = &plan->tock;

	plan->area = tock->protected_size            ? tock->protected_size
		     : tock->is_position_independent ? header_size
						     : plan->flash_start % TOCK_ALIGNMENT;
	if (plan->area < header_size || plan->area % 4 != 0 || plan->area > plan->flash_start) {
		refuse(
		    "%s: the header takes %zu bytes, but has %llu before the program at 0x%08llx; "
		    "link it for a higher address, as libtock-c does for 0x80 behind a multiple "
		    "of 0x100, or set the symbol tbf_protected_region_size",
		    plan->path, header_size, (unsigned long long)plan->area,
		    (unsigned long long)plan->flash_start);
	}
	plan->slot = plan->flash_start - plan->area;
}

/* K1 */
static void choose_slot(struct plan *plan, size_t header_size)
{
	check_header_size(plan, header_size);
	if (plan->is_tock) {
		choose_slot_tock(plan, header_size);
		return;
	}
	if (plan->relocations != NULL) {
		choose_slot_anywhere(plan, header_size);
		return;
	}
	plan->area = align_up(header_size, HEADER_AREA);
	uint64_t below = plan->flash_start / SLOT_ALIGNMENT * SLOT_ALIGNMENT;
	if ((plan->flash_start - plan->area) % SLOT_ALIGNMENT != 0 ||
	    plan->area > plan->flash_start) {
		refuse("%s: the header takes 0x%llx bytes before " SYMBOL_FLASH_START
		       " and begins at a multiple of 0x%x; link for 0x%08llx instead of 0x%08llx",
		       plan->path, (unsigned long long)plan->area, SLOT_ALIGNMENT,
		       (unsigned long long)(below + plan->area),
		       (unsigned long long)plan->flash_start);
	}
	plan->slot = plan->flash_start - plan->area;
}

/* K4, K5 */
static void choose_total_size(struct plan *plan)
{
	plan->total_size = plan->flash_end - plan->slot + plan->footers;
	if (!plan->program->is_arm || plan->relocations != NULL) {
		return;
	}
	uint64_t block = mpu_block(plan->total_size);
	plan->total_size = align_up(plan->total_size, block / MPU_SUBREGIONS);
	if (plan->slot % block != 0 && !plan->tock.is_position_independent) {
		refuse("%s: its %llu bytes must begin at a multiple of 0x%llx for the MPU; link "
		       "for 0x%08llx instead of 0x%08llx",
		       plan->path, (unsigned long long)plan->total_size, (unsigned long long)block,
		       (unsigned long long)(align_up(plan->slot, block) + plan->area),
		       (unsigned long long)plan->flash_start);
	}
}

static uint64_t given_or(uint32_t given, uint32_t otherwise)
{
	return given != PACK_DEFAULT ? given : otherwise;
}

/* K8: as elf2tab counts, and no less than what the segments span: it leaves out those that are linked for
 * RAM alone. */
static uint64_t tock_ram(const struct plan *plan, const struct pack_request *request)
{
	const struct tock_program *tock = &plan->tock;
	uint64_t span = plan->ram_end - plan->ram_start;
	uint64_t sum = tock->segments_ram + align_up(given_or(request->stack, tock->stack), 8);

	return (sum > span ? sum : span) +
	       align_up(given_or(request->app_heap, TOCK_PROGRAM_APP_HEAP), 4);
}

static uint64_t own_ram(const struct plan *plan, const struct pack_request *request)
{
	return plan->ram_end - plan->ram_start +
	       align_up(given_or(request->stack, PACK_STACK_DEFAULT), 8) +
	       align_up(given_or(request->app_heap, PACK_APP_HEAP_DEFAULT), 4);
}

/* K6 */
static uint32_t choose_minimum_ram(const struct plan *plan, const struct pack_request *request)
{
	uint64_t own = plan->is_tock ? tock_ram(plan, request) : own_ram(plan, request);
	uint32_t otherwise = plan->is_tock ? TOCK_PROGRAM_KERNEL_HEAP : PACK_KERNEL_HEAP_DEFAULT;
	uint64_t kernels = align_up(given_or(request->kernel_heap, otherwise), 4);
	uint64_t size = plan->program->is_arm ? mpu_ram_size(own, kernels) : own + kernels;

	if (request->has_minimum_ram) {
		return request->minimum_ram;
	}
	if (size > UINT32_MAX) {
		refuse("%s: needs %llu bytes of RAM; give less with --stack, --app-heap and "
		       "--kernel-heap",
		       plan->path, (unsigned long long)size);
	}
	return (uint32_t)size;
}

static void choose_footers(struct plan *plan, const struct pack_request *request)
{
	plan->footers = align_up(request->footer_space, 4);
	if (request->sha_256) {
		plan->footers += SHA_256_FOOTER;
	}
}

/* All that are wanted; where those of the program's sections lie is known only with the slot. */
static void list_regions(struct plan *plan, const struct pack_request *request)
{
	struct program_section section;
	size_t at = 0;

	plan->region_count = request->region_count;
	while (plan->is_tock && program_next_section(plan->program, &at, &section)) {
		plan->region_count += tock_program_is_writeable(&section) ? 1 : 0;
	}
	plan->regions = calloc(plan->region_count + 1, sizeof(*plan->regions));
	if (plan->regions == NULL) {
		refuse("%s: no memory", plan->path);
	}
	for (size_t i = 0; i < request->region_count; i++) {
		plan->regions[i] = request->regions[i];
	}
}

static void settle_regions(struct plan *plan, const struct pack_request *request)
{
	struct program_section section;
	size_t next = request->region_count;
	size_t at = 0;

	while (plan->is_tock && program_next_section(plan->program, &at, &section)) {
		if (tock_program_is_writeable(&section)) {
			plan->regions[next++] = (struct tbf_region){
			    .offset = (uint32_t)(section.run_address - plan->slot),
			    .size = section.size,
			};
		}
	}
}

static void check_regions(const struct plan *plan)
{
	for (size_t i = 0; i < plan->region_count; i++) {
		uint64_t offset = plan->regions[i].offset;
		uint64_t end = offset + plan->regions[i].size;
		if (offset < plan->area || end > plan->flash_end - plan->slot) {
			refuse(
			    "%s: the writeable region 0x%llx:%u lies outside the program; it may "
			    "use 0x%llx..0x%llx",
			    plan->path, (unsigned long long)offset, plan->regions[i].size,
			    (unsigned long long)plan->area,
			    (unsigned long long)(plan->flash_end - plan->slot));
		}
	}
}

/* All that does not depend on the header's own size. */
static struct tbf_header start_header(const struct plan *plan, const struct pack_request *request)
{
	bool any_flash = plan->tock.is_position_independent;
	bool any_ram = any_flash && plan->ram_start == 0;

	return (struct tbf_header){
	    .flags = request->disabled ? 0 : TBF_FLAG_ENABLED,
	    .has_program = true,
	    .minimum_ram = choose_minimum_ram(plan, request),
	    .version = request->version,
	    .fixed_ram = any_ram ? TBF_NOT_FIXED : (uint32_t)plan->ram_start,
	    .fixed_flash = any_flash ? TBF_NOT_FIXED : (uint32_t)plan->flash_start,
	    .has_kernel_version = true,
	    .kernel_major = request->kernel_major,
	    .kernel_minor = request->kernel_minor,
	    .name = request->name,
	    .name_length = strlen(request->name),
	    .permissions = request->permissions,
	    .permission_count = request->permission_count,
	    .regions = plan->regions,
	    .region_count = plan->region_count,
	    .short_id = request->short_id,
	    .storage = request->storage,
	    .relocations = plan->relocations,
	    .relocations_length = plan->relocations_length,
	};
}

static void finish_header(const struct plan *plan, struct tbf_header *header, size_t header_size)
{
	header->header_size = (uint32_t)header_size;
	header->total_size = (uint32_t)plan->total_size;
	header->protected_size = (uint32_t)(plan->area - header_size);
	header->binary_end = (uint32_t)(plan->flash_end - plan->slot);
	header->init_offset = (uint32_t)(plan->program->entry - plan->slot - header_size);
}

static void copy_segments(const struct plan *plan, uint8_t *bytes)
{
	for (size_t i = 0; i < plan->program->segment_count; i++) {
		struct segment segment = plan_segment(plan, i);
		if (segment.file_size > 0) {
			memcpy(&bytes[segment.load_address - plan->slot],
			       &plan->program->file.bytes[segment.file_offset], segment.file_size);
		}
	}
}

/* K8 */
static void append_relocations(struct plan *plan)
{
	if (!plan->is_tock) {
		return;
	}
	plan->appended =
	    tock_program_relocations(plan->program, plan->flash_end, &plan->appended_length);
	plan->appended_at = plan->flash_end;
	plan->flash_end += align_up(plan->appended_length, 4);
}

/* The digest is of all that lies before the footers, and so comes last. */
static void write_footers(const struct tbf_header *header, const struct pack_request *request,
			  uint8_t *bytes)
{
	uint8_t digest[TBF_SHA_256_SIZE];
	size_t at = header->binary_end;

	if (request->sha_256) {
		digest_sha_256(bytes, header->binary_end, digest);
		at += tbf_credential_write(&bytes[at], TBF_SHA_256, digest, sizeof(digest));
	}
	tbf_footers_write(&bytes[at], header->total_size - at);
}

uint8_t *pack(const struct program *program, const struct pack_request *request, size_t *length)
{
	struct plan plan = {.program = program, .path = program->file.path};

	find_memories(&plan);
	cover_segments(&plan);
	check_entry(&plan);
	find_relocations(&plan);
	append_relocations(&plan);
	list_regions(&plan, request);
	struct tbf_header header = start_header(&plan, request);
	size_t header_size = tbf_header_measure(&header);
	choose_slot(&plan, header_size);
	choose_footers(&plan, request);
	choose_total_size(&plan);
	settle_regions(&plan, request);
	check_regions(&plan);
	finish_header(&plan, &header, header_size);

	uint8_t *bytes = calloc(1, plan.total_size);
	if (bytes == NULL) {
		refuse("%s: no memory for %llu bytes", plan.path,
		       (unsigned long long)plan.total_size);
	}
	tbf_header_write(&header, bytes);
	copy_segments(&plan, bytes);
	if (plan.appended != NULL) {
		memcpy(&bytes[plan.appended_at - plan.slot], plan.appended, plan.appended_length);
	}
	write_footers(&header, request, bytes);
	free(plan.relocations);
	free(plan.appended);
	free(plan.regions);
	*length = plan.total_size;
	return bytes;
}
