/* The same as elf2tab does, with load addresses for the places where it takes the order in the file. */

#include <tools/tbf/command_line.h>
#include <tools/tbf/tock_program.h>

#include <stdlib.h>
#include <string.h>

#define FLASH_ANYWHERE   0x80000000u
#define RAM_ANYWHERE     0u
#define SYMBOL_RAM       "_sram_origin"
#define SYMBOL_PROTECTED "tbf_protected_region_size"
#define SECTION_STACK    ".stack"
#define SECTION_START    ".crt0_header"
#define RELOCATIONS_AT   32u /* bytes into that */
#define SECTION_WRITE    ".wfr"
#define LENGTH_SIZE      4u
#define SECTION_NAME_MAX 100

static bool is_position_independent(const struct program *program)
{
	for (size_t i = 0; i < program->segment_count; i++) {
		const struct segment *segment = &program->segments[i];
		if (segment->is_executable && segment->file_size > 0 &&
		    segment->run_address <= FLASH_ANYWHERE &&
		    (uint64_t)segment->run_address + segment->file_size > FLASH_ANYWHERE) {
			return true;
		}
	}
	return false;
}

bool tock_program_is(const struct program *program)
{
	uint32_t value;

	return !program_symbol(program, "_flash_start", &value) &&
	       (is_position_independent(program) || program_symbol(program, SYMBOL_RAM, &value));
}

/* Where the segment's first section is loaded: the ELF file's own headers may lie before it. */
static uint32_t first_section(const struct program *program, const struct segment *segment)
{
	uint64_t end = (uint64_t)segment->run_address + segment->memory_size;
	uint32_t lowest = UINT32_MAX;
	struct program_section section;
	size_t at = 0;

	while (program_next_section(program, &at, &section)) {
		uint32_t offset = section.run_address - segment->run_address;
		if (section.run_address >= segment->run_address && section.run_address < end &&
		    segment->load_address + offset < lowest) {
			lowest = segment->load_address + offset;
		}
	}
	return lowest;
}

/* L1 */
static uint32_t find_flash(const struct program *program)
{
	uint32_t lowest = UINT32_MAX;

	for (size_t i = 0; i < program->segment_count; i++) {
		const struct segment *segment = &program->segments[i];
		if (segment->is_executable && segment->file_size > 0) {
			uint32_t start = first_section(program, segment);
			lowest = start < lowest ? start : lowest;
		}
	}
	if (lowest == UINT32_MAX) {
		refuse("%s: has no executable section to load; put .text into flash in the linker "
		       "script",
		       program->file.path);
	}
	return lowest;
}

/* Only what runs anywhere may leave it open: anything else would be none of these. */
static uint32_t find_ram(const struct program *program)
{
	uint32_t start;

	return program_symbol(program, SYMBOL_RAM, &start) ? start : RAM_ANYWHERE;
}

/* The stack is one of the segments that are linked for RAM and not loaded from elsewhere. */
static uint32_t sum_segments(const struct program *program)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < program->segment_count; i++) {
		const struct segment *segment = &program->segments[i];
		if (segment->is_writable && segment->run_address != segment->load_address) {
			sum += segment->memory_size;
		}
	}
	if (sum > UINT32_MAX / 2) {
		refuse("%s: needs %llu bytes of RAM; look for a stray section in the linker script",
		       program->file.path, (unsigned long long)sum);
	}
	return (uint32_t)sum;
}

void tock_program_read(struct tock_program *tock, const struct program *program)
{
	bool is_anywhere = is_position_independent(program);
	uint32_t address;

	*tock = (struct tock_program){
	    .is_position_independent = is_anywhere,
	    .flash_start = is_anywhere ? FLASH_ANYWHERE : find_flash(program),
	    .ram_start = find_ram(program),
	    .stack = TOCK_PROGRAM_STACK,
	    .segments_ram = sum_segments(program),
	};
	program_find_section(program, SECTION_STACK, &address, &tock->stack);
	program_symbol(program, SYMBOL_PROTECTED, &tock->protected_size);
}

/* ".rel" and the section's name. NULL when it has no relocations. */
static const uint8_t *relocations_of(const struct program *program,
				     const struct program_section *section, size_t *length)
{
	char name[SECTION_NAME_MAX + 8];

	if (!section->is_writable || strlen(section->name) > SECTION_NAME_MAX) {
		return NULL;
	}
	stpcpy(stpcpy(name, ".rel"), section->name);
	return program_section_bytes(program, name, length);
}

/* Sums the lengths; copies while `bytes` is not NULL. */
static size_t collect_relocations(const struct program *program, uint8_t *bytes)
{
	struct program_section section;
	size_t at = 0;
	size_t sum = 0;
	size_t length = 0;

	while (program_next_section(program, &at, &section)) {
		const uint8_t *relocations = relocations_of(program, &section, &length);
		if (relocations == NULL) {
			continue;
		}
		if (bytes != NULL) {
			memcpy(&bytes[sum], relocations, length);
		}
		sum += length;
	}
	return sum;
}

/* L3: libtock-c's start-up code looks for its relocations where this word says. */
static void check_end(const struct program *program, uint64_t end)
{
	uint32_t start;
	uint32_t size;
	uint32_t offset;

	if (program_find_section(program, SECTION_START, &start, &size) &&
	    size >= RELOCATIONS_AT + LENGTH_SIZE &&
	    program_word(program, start + RELOCATIONS_AT, &offset) &&
	    (uint64_t)start + offset != end) {
		refuse("%s: expects its relocations at 0x%08llx, but what is loaded ends at "
		       "0x%08llx; place .endflash behind all sections in flash",
		       program->file.path, (unsigned long long)start + offset,
		       (unsigned long long)end);
	}
}

uint8_t *tock_program_relocations(const struct program *program, uint64_t end, size_t *length)
{
	size_t sum = collect_relocations(program, NULL);

	check_end(program, end);
	uint8_t *bytes = malloc(LENGTH_SIZE + sum);
	if (bytes == NULL) {
		refuse("%s: no memory", program->file.path);
	}
	for (size_t i = 0; i < LENGTH_SIZE; i++) {
		bytes[i] = (uint8_t)(sum >> 8 * i);
	}
	collect_relocations(program, &bytes[LENGTH_SIZE]);
	*length = LENGTH_SIZE + sum;
	return bytes;
}

bool tock_program_is_writeable(const struct program_section *section)
{
	return strstr(section->name, SECTION_WRITE) != NULL;
}
