#pragma once

#include <gelf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <tools/tbf/file.h>

/* An object file for ARM or RISC-V, and the place that a complaint is about. */
struct object {
	struct file file;
	Elf *elf;
	GElf_Ehdr header;
	bool is_arm;
	Elf_Data *symbols;
	size_t symbol_count;
	size_t symbol_names; /* section */
};

struct section {
	size_t number;
	GElf_Shdr header;
	const char *name;
	const uint8_t *bytes; /* NULL: none */
	size_t size;
};

/* Refuses what is not an object (or, if `linked`, a linked program) for a processor known here. */
void object_open(struct object *object, const char *path, bool linked);

size_t object_section_count(const struct object *object);
struct section object_section(const struct object *object, size_t number);

struct symbol {
	GElf_Sym entry;
	const char *name;
	int type;    /* STT_... */
	int binding; /* STB_... */
};

struct symbol object_symbol(const struct object *object, size_t number);

/* "function+0x12" or "section+0x12", for messages. */
const char *object_place(const struct object *object, size_t section, uint32_t offset);

/* Says one thing that is wrong with the object, and that it is refused. */
__attribute__((format(printf, 2, 3))) void complain(const struct object *object, const char *format,
						    ...);

/* How many complaints there were, of all objects. */
extern unsigned complaints;
