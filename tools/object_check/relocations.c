/* A function of the API may be called. Its address may not be stored, nor may a call lead into its
 * middle: an offset from a name leads anywhere. */

#include <tools/object_check/contents.h>

struct relocation {
	uint32_t offset;
	uint32_t type;
	size_t symbol;
	int64_t addend; /* RISC-V's; ARM's are in the instructions */
};

static struct relocation relocation_get(Elf_Data *data, const GElf_Shdr *header, int number)
{
	GElf_Rela with = {0};
	GElf_Rel without;

	if (header->sh_type == SHT_RELA) {
		gelf_getrela(data, number, &with);
	} else {
		gelf_getrel(data, number, &without);
		with.r_offset = without.r_offset;
		with.r_info = without.r_info;
	}
	return (struct relocation){(uint32_t)with.r_offset, (uint32_t)GELF_R_TYPE(with.r_info),
				   GELF_R_SYM(with.r_info), with.r_addend};
}

/* Of a Thumb BL or B.W, which counts from four bytes behind its start (A7.7.12, A7.7.18). */
static bool is_to_start(const struct section *section, uint32_t offset)
{
	const uint8_t *at = &section->bytes[offset];
	uint32_t first = (uint32_t)at[0] | (uint32_t)at[1] << 8;
	uint32_t second = (uint32_t)at[2] | (uint32_t)at[3] << 8;

	/* The offset -4: all ones, and 0x7fe of its lowest eleven bits. */
	return (first & 0x07ff) == 0x07ff && (second & 0x2fff) == 0x2ffe;
}

static bool is_call(const struct object *object, const struct section *target,
		    const struct relocation *relocation)
{
	if (object->is_arm) {
		return (relocation->type == R_ARM_THM_PC22 ||
			relocation->type == R_ARM_THM_JUMP24) &&
		       target->bytes != NULL && relocation->offset + 4 <= target->size &&
		       is_to_start(target, relocation->offset);
	}
	return (relocation->type == R_RISCV_CALL || relocation->type == R_RISCV_CALL_PLT ||
		relocation->type == R_RISCV_JAL) &&
	       relocation->addend == 0;
}

static void section_check(const struct object *object, const struct section *section)
{
	struct section target = object_section(object, section->header.sh_info);
	Elf_Data *data = elf_getdata(elf_getscn(object->elf, section->number), NULL);
	size_t count = section->size / section->header.sh_entsize;

	if ((target.header.sh_flags & SHF_ALLOC) == 0) {
		return; /* for the debugger */
	}
	for (size_t i = 0; i < count; i++) {
		struct relocation each = relocation_get(data, &section->header, (int)i);
		struct symbol symbol = object_symbol(object, each.symbol);

		if (symbol.entry.st_shndx == SHN_UNDEF && symbol.name[0] != '\0' &&
		    !is_call(object, &target, &each)) {
			complain(object, "%s: uses %s other than by calling it",
				 object_place(object, target.number, each.offset), symbol.name);
		}
	}
}

void relocations_check(const struct object *object)
{
	for (size_t i = 0; i < object_section_count(object); i++) {
		struct section section = object_section(object, i);

		if ((section.header.sh_type == SHT_REL || section.header.sh_type == SHT_RELA) &&
		    section.header.sh_entsize > 0) {
			section_check(object, &section);
		}
	}
}
