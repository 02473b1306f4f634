#include <tools/object_check/contents.h>
#include <tools/tbf/command_line.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- Names --- */

void names_read(struct names *names, const char *path)
{
	FILE *file = fopen(path, "r");
	char *line = NULL;
	size_t room = 0;

	if (file == NULL) {
		refuse("%s: %s", path, strerror(errno));
	}
	while (getline(&line, &room, file) > 0) {
		line[strcspn(line, "\n")] = '\0';
		names->items = reallocarray(names->items, names->count + 1, sizeof(char *));
		if (names->items == NULL) {
			refuse("%s: no memory", path);
		}
		names->items[names->count++] = strdup(line);
	}
	free(line);
	fclose(file);
}

bool names_hold(const struct names *names, const char *name)
{
	for (size_t i = 0; i < names->count; i++) {
		if (strcmp(names->items[i], name) == 0) {
			return true;
		}
	}
	return false;
}

/* Whether the name is `begin` and a number: GCC for RISC-V calls __riscv_save_N at the start of a function and leaves
 * by __riscv_restore_N (GCC manual, 3.19.45, -msave-restore). */
static bool is_numbered(const char *name, const char *begin)
{
	size_t length = strlen(begin);

	return strncmp(name, begin, length) == 0 && name[length] != '\0' &&
	       strspn(name + length, "0123456789") == strlen(name + length);
}

/* What a compiler may call on its own account: four functions (GCC manual, 2.1), arithmetic from its
 * library (GCC internals, 4.1; Run-time ABI for the Arm Architecture, 5.1), and what stores registers. */
static bool is_compiler_helper(const char *name)
{
	static const char *const helpers[] = {
	    "memcpy",          "memmove",          "memset",          "memcmp",
	    "__aeabi_idiv",    "__aeabi_uidiv",    "__aeabi_idivmod", "__aeabi_uidivmod",
	    "__aeabi_ldivmod", "__aeabi_uldivmod", "__aeabi_lmul",    "__aeabi_llsl",
	    "__aeabi_llsr",    "__aeabi_lasr",     "__divsi3",        "__udivsi3",
	    "__modsi3",        "__umodsi3",        "__divdi3",        "__udivdi3",
	    "__moddi3",        "__umoddi3",        "__muldi3",        "__ashldi3",
	    "__lshrdi3",       "__ashrdi3",
	};

	for (size_t i = 0; i < sizeof(helpers) / sizeof(helpers[0]); i++) {
		if (strcmp(helpers[i], name) == 0) {
			return true;
		}
	}
	return is_numbered(name, "__riscv_save_") || is_numbered(name, "__riscv_restore_");
}

/* --- Sections --- */

static bool is_or_is_below(const char *name, const char *folder)
{
	size_t length = strlen(folder);

	return strncmp(name, folder, length) == 0 && (name[length] == '\0' || name[length] == '.');
}

/* What is there when the image runs. */
static void loaded_section_check(const struct object *object, const struct section *section)
{
	uint64_t flags = section->header.sh_flags;
	bool is_code = is_or_is_below(section->name, ".text");
	bool is_constant =
	    is_or_is_below(section->name, ".rodata") || is_or_is_below(section->name, ".srodata");

	if ((flags & SHF_WRITE) != 0) {
		complain(object,
			 "%s holds %zu bytes of variables; keep state in the instance's struct",
			 section->name, section->size);
	} else if (!is_code && !is_constant) {
		complain(object,
			 "%s is not a section of code or constants; take the attribute away",
			 section->name);
	} else if (is_code != ((flags & SHF_EXECINSTR) != 0) ||
		   section->header.sh_type != SHT_PROGBITS) {
		complain(object, "%s is not what its name says", section->name);
	}
}

/* What is only for the linker and the debugger. */
static bool is_known_note(const struct section *section)
{
	static const char *const names[] = {
	    ".comment",        ".symtab",         ".strtab",          ".shstrtab",
	    ".note.GNU-stack", ".ARM.attributes", ".riscv.attributes"};

	if (strncmp(section->name, ".debug_", 7) == 0 || section->header.sh_type == SHT_NULL) {
		return true;
	}
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(section->name, names[i]) == 0) {
			return true;
		}
	}
	return section->header.sh_type == SHT_REL || section->header.sh_type == SHT_RELA;
}

void sections_check(const struct object *object)
{
	for (size_t i = 0; i < object_section_count(object); i++) {
		struct section section = object_section(object, i);

		if ((section.header.sh_flags & SHF_ALLOC) != 0) {
			if (section.size > 0) {
				loaded_section_check(object, &section);
			}
		} else if (!is_known_note(&section)) {
			complain(object, "%s is a section that no driver needs", section.name);
		}
	}
}

/* --- Symbols --- */

static void undefined_check(const struct object *object, const struct symbol *symbol,
			    const struct names *api)
{
	if (symbol->name[0] == '\0') {
		return; /* the first of every table */
	}
	if (!names_hold(api, symbol->name) && !is_compiler_helper(symbol->name)) {
		complain(object, "uses %s, which no header that it may include declares",
			 symbol->name);
	}
}

static void defined_check(const struct object *object, const struct symbol *symbol,
			  const char *prefix)
{
	if (symbol->entry.st_shndx == SHN_COMMON || symbol->type == STT_TLS) {
		complain(object, "%s is a variable; keep state in the instance's struct",
			 symbol->name);
	}
	if (symbol->entry.st_shndx == SHN_ABS && symbol->type != STT_FILE) {
		complain(object, "%s is an address made up from a number", symbol->name);
	}
	if (symbol->type == STT_OBJECT && symbol->entry.st_shndx < SHN_LORESERVE &&
	    (object_section(object, symbol->entry.st_shndx).header.sh_flags & SHF_EXECINSTR) != 0) {
		complain(object, "%s is data among code; take the attribute away", symbol->name);
	}
	if (symbol->type == STT_GNU_IFUNC) {
		complain(object, "%s is chosen when it is linked (ifunc)", symbol->name);
	}
	if (is_compiler_helper(symbol->name)) {
		complain(object, "%s is the compiler's to call; choose another name", symbol->name);
	}
	if (symbol->binding == STB_GLOBAL && strncmp(symbol->name, prefix, strlen(prefix)) != 0) {
		complain(object, "defines %s for all; make it static, or begin its name with %s",
			 symbol->name, prefix);
	}
}

void symbols_check(const struct object *object, const char *prefix, const struct names *api)
{
	for (size_t i = 0; i < object->symbol_count; i++) {
		struct symbol symbol = object_symbol(object, i);

		if (symbol.binding != STB_LOCAL && symbol.binding != STB_GLOBAL) {
			complain(object, "%s is a weak symbol, which another could replace",
				 symbol.name);
		}
		if (symbol.entry.st_shndx == SHN_UNDEF) {
			undefined_check(object, &symbol, api);
		} else {
			defined_check(object, &symbol, prefix);
		}
	}
}
