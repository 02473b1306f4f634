#include <tools/call_graph/list.h>
#include <tools/call_graph/object_calls.h>
#include <tools/tbf/command_line.h>

#include <errno.h>
#include <fcntl.h>
#include <gelf.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

struct object {
	const char *path;
	Elf *elf;
	GElf_Half machine;
	Elf_Data *symbols;
	size_t symbol_count;
	size_t names; /* section */
};

static Elf_Scn *section_of_type(const struct object *object, GElf_Word type)
{
	Elf_Scn *section = NULL;
	GElf_Shdr header;

	while ((section = elf_nextscn(object->elf, section)) != NULL) {
		if (gelf_getshdr(section, &header) != NULL && header.sh_type == type) {
			return section;
		}
	}
	return NULL;
}

static void symbols_find(struct object *object)
{
	Elf_Scn *section = section_of_type(object, SHT_SYMTAB);
	GElf_Shdr header;

	if (section == NULL || gelf_getshdr(section, &header) == NULL || header.sh_entsize == 0) {
		refuse("%s: has no symbols", object->path);
	}
	object->symbols = elf_getdata(section, NULL);
	object->symbol_count = header.sh_size / header.sh_entsize;
	object->names = header.sh_link;
}

static const char *symbol_name(const struct object *object, const GElf_Sym *symbol)
{
	const char *name = elf_strptr(object->elf, object->names, symbol->st_name);

	return name != NULL ? name : "";
}

/* The function of this object that holds a byte of a section, or "". */
static const char *function_at(const struct object *object, size_t section, GElf_Addr offset)
{
	const GElf_Addr thumb_bit = object->machine == EM_ARM ? 1 : 0;
	GElf_Sym symbol;

	for (size_t i = 0; i < object->symbol_count; i++) {
		gelf_getsym(object->symbols, (int)i, &symbol);

		GElf_Addr start = symbol.st_value & ~thumb_bit;

		if (GELF_ST_TYPE(symbol.st_info) == STT_FUNC && symbol.st_shndx == section &&
		    offset >= start && offset - start < symbol.st_size) {
			return symbol_name(object, &symbol);
		}
	}
	return "";
}

static bool is_call(const struct object *object, GElf_Word type)
{
	if (object->machine == EM_ARM) {
		return type == R_ARM_THM_PC22 || type == R_ARM_THM_JUMP24 ||
		       type == R_ARM_THM_JUMP19 || type == R_ARM_CALL || type == R_ARM_JUMP24;
	}
	return type == R_RISCV_CALL || type == R_RISCV_CALL_PLT || type == R_RISCV_JAL;
}

struct relocation {
	GElf_Addr offset;
	GElf_Word type;
	size_t symbol;
};

static struct relocation relocation_get(Elf_Data *data, bool has_addend, int number)
{
	GElf_Rela with;
	GElf_Rel without;

	if (has_addend) {
		gelf_getrela(data, number, &with);
		return (struct relocation){with.r_offset, (GElf_Word)GELF_R_TYPE(with.r_info),
					   GELF_R_SYM(with.r_info)};
	}
	gelf_getrel(data, number, &without);
	return (struct relocation){without.r_offset, (GElf_Word)GELF_R_TYPE(without.r_info),
				   GELF_R_SYM(without.r_info)};
}

static void section_read(const struct object *object, Elf_Scn *section, const GElf_Shdr *header,
			 const struct object_listener *listener)
{
	Elf_Data *data = elf_getdata(section, NULL);
	size_t count = header->sh_size / header->sh_entsize;
	GElf_Sym symbol;

	for (size_t i = 0; i < count; i++) {
		struct relocation each = relocation_get(data, header->sh_type == SHT_RELA, (int)i);

		if (gelf_getsym(object->symbols, (int)each.symbol, &symbol) == NULL) {
			continue;
		}

		bool is_foreign = symbol.st_shndx == SHN_UNDEF && symbol.st_name != 0;
		bool is_own = GELF_ST_TYPE(symbol.st_info) == STT_FUNC;

		if (is_call(object, each.type) ? is_foreign || is_own
					       : is_foreign && listener->tell_all) {
			listener->call(listener->with,
				       function_at(object, header->sh_info, each.offset),
				       symbol_name(object, &symbol));
		}
	}
}

static int object_open(struct object *object)
{
	int descriptor = open(object->path, O_RDONLY | O_CLOEXEC);
	GElf_Ehdr header;

	if (descriptor < 0) {
		refuse("%s: %s", object->path, strerror(errno));
	}
	elf_version(EV_CURRENT);
	object->elf = elf_begin(descriptor, ELF_C_READ, NULL);
	if (object->elf == NULL || gelf_getehdr(object->elf, &header) == NULL ||
	    header.e_type != ET_REL) {
		refuse("%s: not an object file", object->path);
	}
	object->machine = header.e_machine;
	symbols_find(object);
	return descriptor;
}

static void functions_tell(const struct object *object, const struct object_listener *listener)
{
	GElf_Sym symbol;

	for (size_t i = 0; i < object->symbol_count; i++) {
		gelf_getsym(object->symbols, (int)i, &symbol);
		if (GELF_ST_TYPE(symbol.st_info) == STT_FUNC && symbol.st_shndx != SHN_UNDEF) {
			listener->function(listener->with, symbol_name(object, &symbol));
		}
	}
}

void object_calls_read(const char *path, const struct object_listener *listener)
{
	struct object object = {.path = path};
	int descriptor = object_open(&object);
	Elf_Scn *section = NULL;
	GElf_Shdr header;
	GElf_Shdr target;

	functions_tell(&object, listener);
	while ((section = elf_nextscn(object.elf, section)) != NULL) {
		gelf_getshdr(section, &header);
		if (header.sh_type != SHT_REL && header.sh_type != SHT_RELA) {
			continue;
		}
		gelf_getshdr(elf_getscn(object.elf, header.sh_info), &target);
		if ((target.sh_flags & SHF_EXECINSTR) != 0) {
			section_read(&object, section, &header, listener);
		}
	}
	elf_end(object.elf);
	close(descriptor);
}

/* --- Frames --- */

/* The unsigned LEB128 number that ends at `end`, or UINT32_MAX. */
static uint32_t number_read(const uint8_t *from, const uint8_t *end)
{
	uint32_t number = 0;

	for (uint32_t shift = 0; from < end && shift < 28; shift += 7) {
		uint8_t byte = *from++;

		number |= (uint32_t)(byte & 0x7f) << shift;
		if ((byte & 0x80) == 0) {
			return from == end ? number : UINT32_MAX;
		}
	}
	return UINT32_MAX;
}

/* What a section .stack_sizes says: four bytes for an address, and the size of the frame. */
static uint32_t frame_size(const struct object *object, Elf_Scn *section)
{
	enum {
		ADDRESS_SIZE = 4
	};
	const Elf_Data *data = elf_getdata(section, NULL);
	const uint8_t *bytes = data->d_buf;
	uint32_t size = UINT32_MAX;

	if (data->d_size > ADDRESS_SIZE) {
		size = number_read(bytes + ADDRESS_SIZE, bytes + data->d_size);
	}
	if (size == UINT32_MAX) {
		refuse("%s: .stack_sizes is not of one function; compile with -ffunction-sections",
		       object->path);
	}
	return size;
}

/* Tells the frames of the functions whose code is in a section: one, and names for the same. */
static void frame_tell(const struct object *object, size_t code, uint32_t size,
		       const struct frame_listener *listener)
{
	GElf_Sym symbol;

	for (size_t i = 0; i < object->symbol_count; i++) {
		gelf_getsym(object->symbols, (int)i, &symbol);
		if (GELF_ST_TYPE(symbol.st_info) == STT_FUNC && symbol.st_shndx == code) {
			listener->frame(listener->with, symbol_name(object, &symbol), size);
		}
	}
}

static bool is_named(const struct object *object, const GElf_Shdr *header, const char *name)
{
	size_t names;

	elf_getshdrstrndx(object->elf, &names);
	return strcmp(elf_strptr(object->elf, names, header->sh_name), name) == 0;
}

/* Which function a size is of, its relocation says. */
bool object_frames_read(const char *path, const struct frame_listener *listener)
{
	struct object object = {.path = path};
	int descriptor = object_open(&object);
	Elf_Scn *section = NULL;
	GElf_Shdr header;
	GElf_Shdr target;
	GElf_Sym symbol;
	bool is_found = false;

	while ((section = elf_nextscn(object.elf, section)) != NULL) {
		gelf_getshdr(section, &header);
		if (header.sh_type != SHT_REL && header.sh_type != SHT_RELA) {
			continue;
		}

		Elf_Scn *sizes = elf_getscn(object.elf, header.sh_info);

		gelf_getshdr(sizes, &target);
		if (is_named(&object, &target, ".stack_sizes")) {
			struct relocation address = relocation_get(elf_getdata(section, NULL),
								   header.sh_type == SHT_RELA, 0);

			is_found = true;
			gelf_getsym(object.symbols, (int)address.symbol, &symbol);
			frame_tell(&object, symbol.st_shndx, frame_size(&object, sizes), listener);
		}
	}
	elf_end(object.elf);
	close(descriptor);
	return is_found;
}
