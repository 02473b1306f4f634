#include <tools/object_check/object.h>
#include <tools/tbf/command_line.h>

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

unsigned complaints;

static void check_header(const struct object *object, bool linked)
{
	const char *path = object->file.path;

	if (object->header.e_ident[EI_CLASS] != ELFCLASS32 ||
	    object->header.e_ident[EI_DATA] != ELFDATA2LSB ||
	    (object->header.e_machine != EM_ARM && object->header.e_machine != EM_RISCV)) {
		refuse("%s: not for a 32-bit ARM or RISC-V processor", path);
	}
	if (object->header.e_type != (linked ? ET_EXEC : ET_REL)) {
		refuse("%s: not %s", path, linked ? "a linked program" : "an object file");
	}
}

static void symbols_find(struct object *object)
{
	for (size_t i = 0; i < object_section_count(object); i++) {
		struct section section = object_section(object, i);

		if (section.header.sh_type == SHT_SYMTAB && section.header.sh_entsize > 0) {
			object->symbols = elf_getdata(elf_getscn(object->elf, i), NULL);
			object->symbol_count = section.size / section.header.sh_entsize;
			object->symbol_names = section.header.sh_link;
		}
	}
	if (object->symbols == NULL) {
		refuse("%s: has no symbols", object->file.path);
	}
}

void object_open(struct object *object, const char *path, bool linked)
{
	*object = (struct object){0};
	file_read(&object->file, path);
	elf_version(EV_CURRENT);
	object->elf = elf_memory((char *)object->file.bytes, object->file.length);
	if (object->elf == NULL || gelf_getehdr(object->elf, &object->header) == NULL) {
		refuse("%s: not an ELF file", path);
	}
	check_header(object, linked);
	object->is_arm = object->header.e_machine == EM_ARM;
	symbols_find(object);
}

size_t object_section_count(const struct object *object)
{
	size_t count;

	if (elf_getshdrnum(object->elf, &count) != 0) {
		refuse("%s: damaged: %s", object->file.path, elf_errmsg(-1));
	}
	return count;
}

struct section object_section(const struct object *object, size_t number)
{
	struct section section = {.number = number};
	Elf_Scn *scn = elf_getscn(object->elf, number);
	Elf_Data *data;
	size_t names;

	if (scn == NULL || gelf_getshdr(scn, &section.header) == NULL ||
	    elf_getshdrstrndx(object->elf, &names) != 0) {
		refuse("%s: section %zu is damaged", object->file.path, number);
	}
	section.name = elf_strptr(object->elf, names, section.header.sh_name);
	section.size = section.header.sh_size;
	data = elf_rawdata(scn, NULL);
	if (data != NULL && data->d_buf != NULL && data->d_size == section.size) {
		section.bytes = data->d_buf;
	}
	if (section.name == NULL) {
		refuse("%s: section %zu has no name", object->file.path, number);
	}
	return section;
}

struct symbol object_symbol(const struct object *object, size_t number)
{
	struct symbol symbol;

	if (gelf_getsym(object->symbols, (int)number, &symbol.entry) == NULL) {
		refuse("%s: symbol %zu is damaged", object->file.path, number);
	}
	symbol.name = elf_strptr(object->elf, object->symbol_names, symbol.entry.st_name);
	symbol.name = symbol.name != NULL ? symbol.name : "";
	symbol.type = GELF_ST_TYPE(symbol.entry.st_info);
	symbol.binding = GELF_ST_BIND(symbol.entry.st_info);
	return symbol;
}

const char *object_place(const struct object *object, size_t section, uint32_t offset)
{
	static char place[256];
	const uint32_t thumb_bit = object->is_arm ? 1 : 0;

	for (size_t i = 0; i < object->symbol_count; i++) {
		struct symbol symbol = object_symbol(object, i);
		uint32_t start = (uint32_t)symbol.entry.st_value & ~thumb_bit;

		if (symbol.type == STT_FUNC && symbol.entry.st_shndx == section &&
		    offset >= start && offset - start < symbol.entry.st_size) {
			snprintf(place, sizeof(place), "%s+0x%x", symbol.name, offset - start);
			return place;
		}
	}
	snprintf(place, sizeof(place), "%s+0x%x", object_section(object, section).name, offset);
	return place;
}

void complain(const struct object *object, const char *format, ...)
{
	va_list arguments;

	complaints++;
	fprintf(stderr, "%s: %s: ", program_invocation_short_name, object->file.path);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
}
