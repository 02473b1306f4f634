/* libelf does the parsing, over a copy of the file in memory. What it hands back is still only what
 * the file claims; collect_segment() compares it with the file's length (P2), and nobody else reads
 * the file's bytes. */

#include <tools/tbf/command_line.h>
#include <tools/tbf/program.h>

#include <gelf.h>
#include <stdlib.h>
#include <string.h>

#define ARM_THUMB_BIT 1u

static void check_kind(const struct program *program)
{
	const char *path = program->file.path;
	size_t length = 0;
	const char *identity = elf_getident(program->elf, &length);

	/* For libelf it is none if it is neither of 32 nor of 64 bits. */
	if (elf_kind(program->elf) != ELF_K_ELF || identity == NULL || length < EI_NIDENT) {
		refuse("%s: not an ELF file; give the linker's output", path);
	}
	if (identity[EI_CLASS] == ELFCLASS64) {
		refuse("%s: a 64-bit ELF file; compile for a 32-bit processor "
		       "(ARM Cortex-M or -march=rv32...)",
		       path);
	}
	if (identity[EI_DATA] != ELFDATA2LSB) {
		refuse("%s: a big-endian ELF file; compile for a little-endian processor", path);
	}
}

static void check_type(const struct program *program, const GElf_Ehdr *header)
{
	const char *path = program->file.path;

	if (header->e_type == ET_REL) {
		refuse("%s: an object file, not linked; link it with the board's linker script",
		       path);
	}
	if (header->e_type == ET_DYN) {
		refuse("%s: linked dynamically or position independent; link with -static -no-pie",
		       path);
	}
	if (header->e_type != ET_EXEC) {
		refuse("%s: not an executable (ELF type %u); give the linker's output", path,
		       header->e_type);
	}
}

static void check_machine(const struct program *program, const GElf_Ehdr *header)
{
	if (header->e_machine != EM_ARM && header->e_machine != EM_RISCV) {
		refuse("%s: compiled for another processor (ELF machine %u); use an ARM or RISC-V "
		       "compiler",
		       program->file.path, header->e_machine);
	}
}

static void read_elf_header(struct program *program)
{
	GElf_Ehdr header;

	if (gelf_getehdr(program->elf, &header) == NULL) {
		refuse("%s: a damaged ELF file: %s", program->file.path, elf_errmsg(-1));
	}
	check_type(program, &header);
	check_machine(program, &header);
	program->is_arm = header.e_machine == EM_ARM;
	program->entry = (uint32_t)header.e_entry & ~(program->is_arm ? ARM_THUMB_BIT : 0);
}

static bool range_fits_address_space(uint64_t start, uint64_t size)
{
	return start + size <= (uint64_t)UINT32_MAX + 1;
}

/* P2 */
static void check_segment(const struct program *program, const GElf_Phdr *found)
{
	bool inside = found->p_offset <= program->file.length &&
		      found->p_filesz <= program->file.length - found->p_offset;

	if (!inside || found->p_filesz > found->p_memsz ||
	    !range_fits_address_space(found->p_paddr, found->p_filesz) ||
	    !range_fits_address_space(found->p_vaddr, found->p_memsz)) {
		refuse("%s: a damaged ELF file: the segment at 0x%08x has a size or a place that "
		       "cannot be",
		       program->file.path, (unsigned int)found->p_vaddr);
	}
}

static void collect_segment(struct program *program, const GElf_Phdr *found)
{
	if (found->p_type == PT_DYNAMIC || found->p_type == PT_INTERP) {
		refuse("%s: linked dynamically; link with -static", program->file.path);
	}
	if (found->p_type != PT_LOAD || found->p_memsz == 0) {
		return;
	}
	check_segment(program, found);
	if (program->segment_count == PROGRAM_SEGMENTS_MAX) {
		refuse("%s: more than %u segments to load; merge sections in the linker script",
		       program->file.path, PROGRAM_SEGMENTS_MAX);
	}
	program->segments[program->segment_count++] = (struct segment){
	    .load_address = (uint32_t)found->p_paddr,
	    .run_address = (uint32_t)found->p_vaddr,
	    .file_offset = (uint32_t)found->p_offset,
	    .file_size = (uint32_t)found->p_filesz,
	    .memory_size = (uint32_t)found->p_memsz,
	    .is_executable = (found->p_flags & PF_X) != 0,
	    .is_writable = (found->p_flags & PF_W) != 0,
	    .holds_elf_headers = found->p_offset == 0,
	};
}

static void read_segments(struct program *program)
{
	GElf_Ehdr header = {0};
	size_t count = 0;

	/* Of a file that is cut off libelf counts those that are left. */
	if (elf_getphdrnum(program->elf, &count) != 0 ||
	    gelf_getehdr(program->elf, &header) == NULL || count < header.e_phnum) {
		refuse("%s: a damaged ELF file: it is cut off before the end of its program "
		       "headers",
		       program->file.path);
	}
	for (size_t i = 0; i < count; i++) {
		GElf_Phdr found;
		if (gelf_getphdr(program->elf, (int)i, &found) == NULL) {
			refuse("%s: a damaged ELF file: %s", program->file.path, elf_errmsg(-1));
		}
		collect_segment(program, &found);
	}
	if (program->segment_count == 0) {
		refuse("%s: has nothing to load; link with a linker script that places sections",
		       program->file.path);
	}
}

void program_parse(struct program *program, struct file file)
{
	*program = (struct program){.file = file};
	if (elf_version(EV_CURRENT) == EV_NONE) {
		refuse("libelf is too old: %s", elf_errmsg(-1));
	}
	program->elf = elf_memory((char *)program->file.bytes, program->file.length);
	if (program->elf == NULL) {
		refuse("%s: not an ELF file; give the linker's output", file.path);
	}
	check_kind(program);
	read_elf_header(program);
	read_segments(program);
}

void program_open(struct program *program, const char *path)
{
	struct file file;

	file_read(&file, path);
	program_parse(program, file);
}

void program_close(struct program *program)
{
	elf_end(program->elf);
	file_release(&program->file);
}

static const char *section_name(const struct program *program, const GElf_Shdr *header)
{
	size_t names = 0;

	if (elf_getshdrstrndx(program->elf, &names) != 0) {
		return "";
	}
	const char *name = elf_strptr(program->elf, names, header->sh_name);
	return name != NULL ? name : "";
}

bool program_next_section(const struct program *program, size_t *at,
			  struct program_section *section)
{
	GElf_Shdr header;
	Elf_Scn *found;

	while ((found = elf_getscn(program->elf, ++*at)) != NULL) {
		if (gelf_getshdr(found, &header) != NULL && (header.sh_flags & SHF_ALLOC) != 0 &&
		    header.sh_size > 0) {
			*section = (struct program_section){
			    .name = section_name(program, &header),
			    .run_address = (uint32_t)header.sh_addr,
			    .size = (uint32_t)header.sh_size,
			    .is_writable = (header.sh_flags & SHF_WRITE) != 0,
			};
			return true;
		}
	}
	return false;
}

static Elf_Scn *find_section(const struct program *program, const char *name, GElf_Shdr *header)
{
	Elf_Scn *section = NULL;

	while ((section = elf_nextscn(program->elf, section)) != NULL) {
		if (gelf_getshdr(section, header) != NULL &&
		    strcmp(section_name(program, header), name) == 0) {
			return section;
		}
	}
	return NULL;
}

bool program_find_section(const struct program *program, const char *name, uint32_t *address,
			  uint32_t *size)
{
	GElf_Shdr header;

	if (find_section(program, name, &header) == NULL) {
		return false;
	}
	*address = (uint32_t)header.sh_addr;
	*size = (uint32_t)header.sh_size;
	return true;
}

const uint8_t *program_section_bytes(const struct program *program, const char *name,
				     size_t *length)
{
	GElf_Shdr header;
	Elf_Scn *section = find_section(program, name, &header);
	Elf_Data *data = section != NULL ? elf_rawdata(section, NULL) : NULL;

	if (data == NULL || data->d_buf == NULL || header.sh_type == SHT_NOBITS) {
		return NULL;
	}
	*length = data->d_size;
	return data->d_buf;
}

/* The symbols, and in `names` the section that holds their names; NULL when there are none. */
static Elf_Data *symbol_table(const struct program *program, size_t *names)
{
	Elf_Scn *section = NULL;

	while ((section = elf_nextscn(program->elf, section)) != NULL) {
		GElf_Shdr header;
		if (gelf_getshdr(section, &header) != NULL && header.sh_type == SHT_SYMTAB) {
			*names = header.sh_link;
			return elf_getdata(section, NULL);
		}
	}
	return NULL;
}

bool program_symbol(const struct program *program, const char *name, uint32_t *value)
{
	size_t names = 0;
	Elf_Data *table = symbol_table(program, &names);
	GElf_Sym symbol;

	if (table == NULL) {
		return false;
	}
	for (int i = 0; gelf_getsym(table, i, &symbol) != NULL; i++) {
		const char *found = elf_strptr(program->elf, names, symbol.st_name);
		if (found != NULL && symbol.st_shndx != SHN_UNDEF && strcmp(found, name) == 0) {
			*value = (uint32_t)symbol.st_value;
			return true;
		}
	}
	return false;
}

size_t program_count_symbols(const struct program *program, const char *part)
{
	size_t names = 0;
	size_t count = 0;
	Elf_Data *table = symbol_table(program, &names);
	GElf_Sym symbol;

	for (int i = 0; table != NULL && gelf_getsym(table, i, &symbol) != NULL; i++) {
		const char *found = elf_strptr(program->elf, names, symbol.st_name);
		count += found != NULL && strstr(found, part) != NULL ? 1 : 0;
	}
	return count;
}

bool program_word(const struct program *program, uint32_t address, uint32_t *value)
{
	for (size_t i = 0; i < program->segment_count; i++) {
		const struct segment *segment = &program->segments[i];
		uint64_t offset = (uint64_t)address - segment->run_address;
		if (address >= segment->run_address && offset + 4 <= segment->file_size) {
			const uint8_t *bytes = &program->file.bytes[segment->file_offset + offset];
			*value = (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 |
				 (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
			return true;
		}
	}
	return false;
}
