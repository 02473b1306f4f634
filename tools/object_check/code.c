#include <tools/object_check/code.h>
#include <tools/tbf/command_line.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum content {
	CONTENT_CODE,
	CONTENT_DATA,
	CONTENT_ARM_CODE, /* 32-bit ARM instructions, which no Cortex-M has */
};

/* From here on, up to the next one, the section holds this. */
struct mark {
	uint32_t offset;
	enum content content;
};

struct marks {
	struct mark *items;
	size_t count;
};

/* "$t", "$d.5", "$xrv32i2p0": ELF for the Arm Architecture 5.5.5, RISC-V psABI "Mapping Symbol". */
static bool mark_of(const struct symbol *symbol, struct mark *mark)
{
	mark->offset = (uint32_t)symbol->entry.st_value;
	if (symbol->name[0] != '$') {
		return false;
	}
	switch (symbol->name[1]) {
	case 't':
	case 'x':
		mark->content = CONTENT_CODE;
		return true;
	case 'd':
		mark->content = CONTENT_DATA;
		return true;
	case 'a':
		mark->content = CONTENT_ARM_CODE;
		return true;
	default:
		return false;
	}
}

static int mark_compare(const void *first, const void *second)
{
	const struct mark *a = first;
	const struct mark *b = second;

	return (a->offset > b->offset) - (a->offset < b->offset);
}

static struct marks marks_of(const struct object *object, size_t section)
{
	struct marks marks = {.items = calloc(object->symbol_count + 1, sizeof(struct mark))};

	if (marks.items == NULL) {
		refuse("%s: no memory", object->file.path);
	}
	for (size_t i = 0; i < object->symbol_count; i++) {
		struct symbol symbol = object_symbol(object, i);

		if (symbol.entry.st_shndx == section &&
		    mark_of(&symbol, &marks.items[marks.count])) {
			marks.count++;
		}
	}
	qsort(marks.items, marks.count, sizeof(marks.items[0]), mark_compare);
	return marks;
}

/* Addresses in a linked program, offsets in an object. */
static uint32_t section_base(const struct object *object, const struct section *section)
{
	return object->header.e_type == ET_EXEC ? (uint32_t)section->header.sh_addr : 0;
}

static enum content content_at(const struct marks *marks, uint32_t offset)
{
	enum content content = CONTENT_CODE;

	for (size_t i = 0; i < marks->count && marks->items[i].offset <= offset; i++) {
		content = marks->items[i].content;
	}
	return content;
}

static void section_walk(const struct object *object, const struct section *section,
			 void (*found)(const struct object *object, size_t section, uint32_t offset,
				       const struct instruction *instruction))
{
	struct marks marks = marks_of(object, section->number);
	uint32_t base = section_base(object, section);

	for (uint32_t offset = 0; offset + 2 <= section->size;) {
		const uint8_t *bytes = &section->bytes[offset];
		size_t left = section->size - offset;
		struct instruction instruction = {.length = 2};
		enum content content = content_at(&marks, base + offset);

		if (content == CONTENT_ARM_CODE) {
			instruction.refused = "is of the ARM instruction set";
		} else if (content == CONTENT_CODE) {
			instruction =
			    object->is_arm ? thumb_decode(bytes, left) : riscv_decode(bytes, left);
		}
		if (content != CONTENT_DATA) {
			found(object, section->number, base + offset, &instruction);
		}
		offset += instruction.length;
	}
	free(marks.items);
}

void code_walk(const struct object *object,
	       void (*found)(const struct object *object, size_t section, uint32_t offset,
			     const struct instruction *instruction))
{
	for (size_t i = 0; i < object_section_count(object); i++) {
		struct section section = object_section(object, i);

		if ((section.header.sh_flags & SHF_EXECINSTR) != 0 && section.bytes != NULL) {
			section_walk(object, &section, found);
		}
	}
}

/* GCC for RISC-V keeps constants and code apart. For ARM it puts constants behind the end of what uses
 * them: data that an instruction runs into would be an instruction that this check does not see. */
static void data_check(const struct object *object, size_t section, uint32_t offset,
		       const struct instruction *last)
{
	if (!object->is_arm) {
		complain(object, "%s: data among code", object_place(object, section, offset));
	} else if (!last->is_end) {
		complain(object, "%s: data that the instruction before it runs into",
			 object_place(object, section, offset));
	}
}

static bool begins_function(const struct object *object, size_t section, uint32_t offset)
{
	for (size_t i = 0; i < object->symbol_count; i++) {
		struct symbol symbol = object_symbol(object, i);

		if (symbol.type == STT_FUNC && symbol.entry.st_shndx == section &&
		    ((uint32_t)symbol.entry.st_value & ~1u) == offset) {
			return true;
		}
	}
	return false;
}

/* One that the assembler puts behind an end, where what follows has to begin at a multiple of four. */
static bool is_padding(const struct object *object, size_t section, uint32_t offset,
		       const struct instruction *instruction)
{
	return instruction->is_filler && offset % 4 == 2 &&
	       !begins_function(object, section, offset);
}

static void section_data_check(const struct object *object, const struct section *section)
{
	struct marks marks = marks_of(object, section->number);
	struct instruction last = {.is_end = true};
	bool was_data = false;

	for (uint32_t offset = 0; offset + 2 <= section->size;) {
		struct instruction instruction = {.length = 2};
		bool is_data = content_at(&marks, offset) == CONTENT_DATA;

		if (is_data && !was_data) {
			data_check(object, section->number, offset, &last);
		}
		if (!is_data) {
			const uint8_t *bytes = &section->bytes[offset];
			size_t left = section->size - offset;

			instruction =
			    object->is_arm ? thumb_decode(bytes, left) : riscv_decode(bytes, left);
			last.is_end = instruction.is_end ||
				      (last.is_end &&
				       is_padding(object, section->number, offset, &instruction));
		}
		was_data = is_data;
		offset += instruction.length;
	}
	free(marks.items);
}

static void instruction_check(const struct object *object, size_t section, uint32_t offset,
			      const struct instruction *instruction)
{
	if (instruction->refused != NULL) {
		complain(object, "%s: the instruction 0x%0*x %s",
			 object_place(object, section, offset), (int)instruction->length * 2,
			 instruction->bits, instruction->refused);
	}
}

void code_check(const struct object *object)
{
	code_walk(object, instruction_check);
	for (size_t i = 0; i < object_section_count(object); i++) {
		struct section section = object_section(object, i);

		if ((section.header.sh_flags & SHF_EXECINSTR) != 0 && section.bytes != NULL) {
			section_data_check(object, &section);
		}
	}
}

static void trap_list(const struct object *object, size_t section, uint32_t offset,
		      const struct instruction *instruction)
{
	(void)object;
	(void)section;
	if (instruction->is_trap) {
		printf("0x%08x\n", offset);
	}
}

void code_list_traps(const struct object *object)
{
	code_walk(object, trap_list);
}
