/* All relocations are collected, each is judged by the rules of its processor (arm_relocation.c,
 * riscv_relocation.c), and what has to be corrected becomes a site. Sites are sorted and encoded.
 *
 * Invariant: what is read of the program's bytes lies inside a segment, which program.h has found to
 * lie inside the file. */

#include <tools/tbf/command_line.h>
#include <tools/tbf/elf_relocation.h>
#include <tools/tbf/elf_relocation_rules.h>

#include <gelf.h>
#include <stdlib.h>
#include <string.h>

#define MEMORY_SIZE_MAX (16u * 1024 * 1024)
#define ELEMENT_MAX     UINT16_MAX

static void *grow(void *list, size_t count, size_t size)
{
	/* Doubles whenever `count` is a power of two. */
	if ((count & (count - 1)) != 0) {
		return list;
	}
	void *larger = realloc(list, (count > 0 ? 2 * count : 1) * size);
	if (larger == NULL) {
		refuse("no memory");
	}
	return larger;
}

/* Whether it holds relocations of a section that is loaded. */
static bool holds_relocations(const struct program *program, const GElf_Shdr *header,
			      GElf_Shdr *target)
{
	Elf_Scn *section = elf_getscn(program->elf, header->sh_info);

	return (header->sh_type == SHT_REL || header->sh_type == SHT_RELA) &&
	       gelf_getshdr(section, target) != NULL && (target->sh_flags & SHF_ALLOC) != 0 &&
	       target->sh_type != SHT_NOBITS && target->sh_size > 0;
}

bool elf_relocation_exists(const struct program *program)
{
	Elf_Scn *section = NULL;
	GElf_Shdr header;
	GElf_Shdr target;

	while ((section = elf_nextscn(program->elf, section)) != NULL) {
		if (gelf_getshdr(section, &header) != NULL &&
		    holds_relocations(program, &header, &target)) {
			return true;
		}
	}
	return false;
}

/* --- Where things are --- */

enum elf_memory elf_memory_of(const struct elf_collection *collection, uint64_t address)
{
	const struct elf_memories *memories = collection->memories;
	bool in_flash = address >= memories->flash_start;
	bool in_ram = address >= memories->ram_start;

	if (in_flash && in_ram) {
		return memories->flash_start > memories->ram_start ? ELF_MEMORY_FLASH
								   : ELF_MEMORY_RAM;
	}
	return in_flash ? ELF_MEMORY_FLASH : in_ram ? ELF_MEMORY_RAM : ELF_MEMORY_NONE;
}

/* The segment that has the bytes at an address the program runs at. */
static const struct segment *segment_at(const struct program *program, uint64_t address)
{
	for (size_t i = 0; i < program->segment_count; i++) {
		const struct segment *segment = &program->segments[i];
		if (address >= segment->run_address &&
		    address + RELOCATION_SITE_SIZE <=
			(uint64_t)segment->run_address + segment->file_size) {
			return segment;
		}
	}
	return NULL;
}

uint32_t elf_code_at(const struct elf_collection *collection, uint64_t address)
{
	const struct segment *segment = segment_at(collection->program, address);
	uint32_t code = 0;

	if (segment != NULL) {
		memcpy(&code,
		       &collection->program->file
			    .bytes[segment->file_offset + (address - segment->run_address)],
		       sizeof(code));
	}
	return code;
}

__attribute__((noreturn)) void elf_refuse_relocation(const struct elf_collection *collection,
						     const struct elf_relocation *relocation,
						     const char *why)
{
	refuse("%s: the relocation at 0x%08llx (type %u, symbol %s) cannot be carried out later: "
	       "%s",
	       collection->program->file.path, (unsigned long long)relocation->address,
	       relocation->type, relocation->name[0] != '\0' ? relocation->name : "of a section",
	       why);
}

/* E1. Linkers also call a symbol of a script part of a section that it is far away from. */
static enum elf_memory absolute_symbol_memory(const struct elf_collection *collection,
					      const struct elf_relocation *relocation)
{
	uint64_t value = relocation->symbol;
	enum elf_memory memory = elf_memory_of(collection, value);
	uint64_t start = memory == ELF_MEMORY_RAM ? collection->memories->ram_start
						  : collection->memories->flash_start;

	if (memory == ELF_MEMORY_NONE || value - start > MEMORY_SIZE_MAX) {
		return ELF_MEMORY_NONE;
	}
	if (start < ELF_RELOCATION_ADDRESS_MIN) {
		elf_refuse_relocation(collection, relocation,
				      "the symbol may be an address or a number; link for "
				      "addresses from 0x100000 up");
	}
	return memory;
}

static enum elf_memory symbol_memory(const struct elf_collection *collection,
				     const struct elf_relocation *relocation,
				     const GElf_Sym *symbol)
{
	GElf_Shdr header;

	if (symbol->st_shndx == SHN_UNDEF) {
		return ELF_MEMORY_NONE;
	}
	if (symbol->st_shndx == SHN_ABS) {
		return absolute_symbol_memory(collection, relocation);
	}
	Elf_Scn *section = elf_getscn(collection->program->elf, symbol->st_shndx);
	if (symbol->st_shndx >= SHN_LORESERVE || gelf_getshdr(section, &header) == NULL ||
	    (header.sh_flags & SHF_ALLOC) == 0) {
		elf_refuse_relocation(collection, relocation,
				      "its symbol is in no section that is loaded; check the "
				      "linker script");
	}
	if (symbol->st_value < header.sh_addr ||
	    symbol->st_value > header.sh_addr + header.sh_size) {
		return absolute_symbol_memory(collection, relocation);
	}
	return elf_memory_of(collection, header.sh_addr);
}

/* --- Collecting --- */

/* The section that symbols are in, and its strings. */
struct symbol_source {
	Elf_Data *symbols;
	size_t names;
};

static struct symbol_source open_symbols(const struct program *program, size_t index)
{
	Elf_Scn *section = elf_getscn(program->elf, index);
	GElf_Shdr header;

	if (gelf_getshdr(section, &header) == NULL || header.sh_type != SHT_SYMTAB) {
		refuse("%s: its relocations have no symbols; link it again and do not strip",
		       program->file.path);
	}
	return (struct symbol_source){elf_getdata(section, NULL), header.sh_link};
}

static void resolve(struct elf_collection *collection, const struct symbol_source *source,
		    size_t index, struct elf_relocation *relocation)
{
	GElf_Sym symbol;

	relocation->name = "";
	if (gelf_getsym(source->symbols, (int)index, &symbol) == NULL) {
		elf_refuse_relocation(collection, relocation,
				      "it names a symbol that does not exist; link it again");
	}
	const char *name = elf_strptr(collection->program->elf, source->names, symbol.st_name);
	relocation->name = name != NULL ? name : "";
	relocation->symbol = (uint32_t)symbol.st_value;
	relocation->symbol_index = index;
	relocation->is_thread_local = GELF_ST_TYPE(symbol.st_info) == STT_TLS;
	relocation->memory = relocation->is_thread_local
				 ? ELF_MEMORY_NONE
				 : symbol_memory(collection, relocation, &symbol);
}

static void add_relocation(struct elf_collection *collection, struct elf_relocation relocation)
{
	collection->relocations =
	    grow(collection->relocations, collection->count, sizeof(*collection->relocations));
	collection->relocations[collection->count++] = relocation;
}

static void collect_section(struct elf_collection *collection, Elf_Scn *section,
			    const GElf_Shdr *header, const GElf_Shdr *target)
{
	struct symbol_source source = open_symbols(collection->program, header->sh_link);
	Elf_Data *data = elf_getdata(section, NULL);
	GElf_Rela found = {0};
	GElf_Rel without_addend;

	for (int i = 0;; i++) {
		if (header->sh_type == SHT_RELA) {
			if (gelf_getrela(data, i, &found) == NULL) {
				return;
			}
		} else if (gelf_getrel(data, i, &without_addend) != NULL) {
			found.r_offset = without_addend.r_offset;
			found.r_info = without_addend.r_info;
		} else {
			return;
		}
		struct elf_relocation relocation = {
		    .address = (uint32_t)found.r_offset,
		    .type = (uint32_t)GELF_R_TYPE(found.r_info),
		    .addend = (int32_t)found.r_addend,
		    .site_memory = elf_memory_of(collection, target->sh_addr),
		};
		resolve(collection, &source, GELF_R_SYM(found.r_info), &relocation);
		add_relocation(collection, relocation);
	}
}

static int compare_addresses(const void *left, const void *right)
{
	const struct elf_relocation *a = left;
	const struct elf_relocation *b = right;

	return a->address < b->address ? -1 : a->address > b->address;
}

static void collect(struct elf_collection *collection)
{
	Elf_Scn *section = NULL;
	GElf_Shdr header;
	GElf_Shdr target;

	while ((section = elf_nextscn(collection->program->elf, section)) != NULL) {
		if (gelf_getshdr(section, &header) != NULL &&
		    holds_relocations(collection->program, &header, &target)) {
			collect_section(collection, section, &header, &target);
		}
	}
	if (collection->count > 0) {
		qsort(collection->relocations, collection->count, sizeof(*collection->relocations),
		      compare_addresses);
	}
}

/* --- Judging --- */

bool elf_move_absolute(const struct elf_relocation *relocation, uint8_t *move)
{
	*move = relocation->memory == ELF_MEMORY_RAM ? RELOCATION_RAM : RELOCATION_FLASH;
	return relocation->memory != ELF_MEMORY_NONE;
}

bool elf_move_relative(const struct elf_collection *collection,
		       const struct elf_relocation *relocation, uint8_t *move)
{
	bool in_flash = relocation->site_memory == ELF_MEMORY_FLASH;

	if (relocation->memory == relocation->site_memory) {
		return false;
	}
	if (!in_flash && relocation->memory != ELF_MEMORY_FLASH) {
		elf_refuse_relocation(collection, relocation,
				      "a distance from RAM to a number has no form here");
	}
	*move = !in_flash                              ? RELOCATION_RAM_TO_FLASH
		: relocation->memory == ELF_MEMORY_RAM ? RELOCATION_FLASH_TO_RAM
						       : RELOCATION_FLASH_TO_NUMBER;
	return true;
}

void elf_add_site(struct elf_collection *collection, const struct elf_relocation *relocation,
		  enum relocation_form form, uint8_t move, uint16_t low)
{
	const struct segment *segment = segment_at(collection->program, relocation->address);
	uint64_t flash_start = collection->memories->flash_start;

	if (segment == NULL) {
		elf_refuse_relocation(collection, relocation,
				      "it is in nothing that is loaded; check the linker script");
	}
	uint64_t loaded =
	    (uint64_t)segment->load_address + (relocation->address - segment->run_address);
	if (loaded < flash_start ||
	    loaded + RELOCATION_SITE_SIZE > collection->memories->flash_end) {
		elf_refuse_relocation(collection, relocation,
				      "it is outside the program; check the linker script");
	}
	if ((loaded - flash_start) % 2 != 0) {
		elf_refuse_relocation(collection, relocation,
				      "it is at an odd address; do not pack that structure");
	}
	struct relocation site = {
	    .offset = (uint32_t)(loaded - flash_start),
	    .form = form,
	    .move = move,
	    .low = low,
	};
	if (!relocation_fits(&site, elf_code_at(collection, relocation->address))) {
		elf_refuse_relocation(
		    collection, relocation,
		    "there is no instruction of its kind; link it again"); /* E3 */
	}
	collection->sites =
	    grow(collection->sites, collection->site_count, sizeof(*collection->sites));
	collection->sites[collection->site_count++] = site;
}

static int compare_offsets(const void *left, const void *right)
{
	const struct relocation *a = left;
	const struct relocation *b = right;

	return a->offset < b->offset ? -1 : a->offset > b->offset;
}

static void judge(struct elf_collection *collection)
{
	for (size_t i = 0; i < collection->count; i++) {
		if (collection->program->is_arm) {
			arm_relocation_judge(collection, i);
		} else {
			riscv_relocation_judge(collection, i);
		}
	}
	if (collection->site_count > 0) {
		qsort(collection->sites, collection->site_count, sizeof(*collection->sites),
		      compare_offsets);
	}
	for (size_t i = 1; i < collection->site_count; i++) {
		if (collection->sites[i].offset <
		    collection->sites[i - 1].offset + RELOCATION_SITE_SIZE) {
			refuse("%s: two relocations overlap, 0x%x bytes from the program's start; "
			       "link it again",
			       collection->program->file.path, collection->sites[i].offset);
		}
	}
}

/* --- Encoding --- */

struct output {
	uint8_t *bytes;
	size_t length;
	size_t capacity;
};

static void put_u8(struct output *output, uint8_t value)
{
	if (output->length < output->capacity) {
		output->bytes[output->length] = value;
	}
	output->length++;
}

static void put_u32(struct output *output, uint64_t value)
{
	for (int i = 0; i < 4; i++) {
		put_u8(output, (uint8_t)(value >> (8 * i)));
	}
}

static void put_number(struct output *output, uint64_t number)
{
	while (number >= 0x80) {
		put_u8(output, (uint8_t)(number | 0x80));
		number >>= 7;
	}
	put_u8(output, (uint8_t)number);
}

static uint8_t kind_of(const struct relocation *site)
{
	return (uint8_t)(site->form << 4 | site->move);
}

/* The kinds that occur, in ascending order. */
static uint8_t list_kinds(const struct elf_collection *collection,
			  uint8_t kinds[RELOCATION_KINDS_MAX])
{
	bool occurs[UINT8_MAX + 1] = {false};
	uint8_t count = 0;

	for (size_t i = 0; i < collection->site_count; i++) {
		occurs[kind_of(&collection->sites[i])] = true;
	}
	for (unsigned int kind = 0; kind <= UINT8_MAX; kind++) {
		if (occurs[kind]) {
			kinds[count++] = (uint8_t)kind;
		}
	}
	return count;
}

static void put_entries(struct output *output, const struct elf_collection *collection,
			const uint8_t *kinds, uint8_t kind_count)
{
	uint32_t behind = 0;

	for (size_t i = 0; i < collection->site_count; i++) {
		const struct relocation *site = &collection->sites[i];
		const uint8_t *kind = memchr(kinds, kind_of(site), kind_count);
		uint64_t gap = (site->offset - behind) / 2;
		put_number(output,
			   gap << relocation_kind_bits(kind_count) | (uint64_t)(kind - kinds));
		if (relocation_form_has_low(site->form)) {
			put_u8(output, (uint8_t)site->low);
			put_u8(output, (uint8_t)(site->low >> 8));
		}
		behind = site->offset + RELOCATION_SITE_SIZE;
	}
}

/* The largest alignment that a section of this memory asks for; the stack's by the processor's
 * procedure call standard is the least for RAM. */
static uint8_t alignment_log2(const struct elf_collection *collection, enum elf_memory memory)
{
	Elf_Scn *section = NULL;
	GElf_Shdr header;
	uint8_t least_ram = collection->program->is_arm ? 3 : 4;
	uint8_t log2 = memory == ELF_MEMORY_RAM ? least_ram : 2;

	while ((section = elf_nextscn(collection->program->elf, section)) != NULL) {
		if (gelf_getshdr(section, &header) == NULL || (header.sh_flags & SHF_ALLOC) == 0 ||
		    header.sh_size == 0 || elf_memory_of(collection, header.sh_addr) != memory) {
			continue;
		}
		while (log2 < RELOCATION_ALIGNMENT_MAX && (1u << log2) < header.sh_addralign) {
			log2++;
		}
	}
	return log2;
}

static void put_table(struct output *output, const struct elf_collection *collection)
{
	const struct elf_memories *memories = collection->memories;
	uint8_t kinds[RELOCATION_KINDS_MAX];
	uint8_t kind_count = list_kinds(collection, kinds);

	put_u8(output, RELOCATION_VERSION);
	put_u8(output, collection->program->is_arm ? RELOCATION_ARM : RELOCATION_RV32);
	put_u8(output, alignment_log2(collection, ELF_MEMORY_FLASH));
	put_u8(output, alignment_log2(collection, ELF_MEMORY_RAM));
	put_u32(output, memories->flash_start);
	put_u32(output, memories->ram_start);
	put_u32(output, memories->flash_end - memories->flash_start);
	put_u32(output, 0); /* the checksum, put in last */
	put_u8(output, kind_count);
	for (uint8_t i = 0; i < kind_count; i++) {
		put_u8(output, kinds[i]);
	}
	put_entries(output, collection, kinds, kind_count);
	if (output->length > ELEMENT_MAX) {
		refuse("%s: its relocations take %zu bytes, an application's header has room for "
		       "%u; link it for fixed addresses, without --emit-relocs",
		       collection->program->file.path, output->length, ELEMENT_MAX);
	}
	uint32_t checksum = relocation_checksum(output->bytes, output->length);
	for (int i = 0; i < 4; i++) {
		output->bytes[16 + i] = (uint8_t)(checksum >> (8 * i));
	}
}

uint8_t *elf_relocation_table(const struct program *program, const struct elf_memories *memories,
			      size_t *length)
{
	struct elf_collection collection = {.program = program, .memories = memories};
	struct output output = {.bytes = calloc(1, ELEMENT_MAX), .capacity = ELEMENT_MAX};

	if (output.bytes == NULL) {
		refuse("no memory");
	}
	collect(&collection);
	judge(&collection);
	put_table(&output, &collection);
	free(collection.relocations);
	free(collection.sites);
	*length = output.length;
	return output.bytes;
}
