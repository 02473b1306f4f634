/* Relocations of ARM code and data ("ELF for the Arm Architecture", 2023Q3, 5.6). Addends lie in the
 * place itself, which the linker has filled in by now: the lower half that a MOVT's carry needs is
 * that of the MOVW before it, for the same symbol and register. */

#include <tools/tbf/elf_relocation_rules.h>

#include <elf.h>

/* Elf.h has these by older names: R_ARM_THM_PC22, R_ARM_THM_PC11, R_ARM_THM_PC9. */
#define R_ARM_THM_CALL   10
#define R_ARM_THM_JUMP11 102
#define R_ARM_THM_JUMP8  103

#define THUMB_REGISTER 0x0f000000u

static uint16_t thumb_immediate(uint32_t code)
{
	return (uint16_t)((code & 0xf) << 12 | (code >> 10 & 1) << 11 | (code >> 28 & 7) << 8 |
			  (code >> 16 & 0xff));
}

/* How far apart compilers put the two halves of an address: bytes. */
#define PAIR_DISTANCE_MAX 256u

static uint16_t lower_half(const struct elf_collection *collection, size_t index)
{
	const struct elf_relocation *high = &collection->relocations[index];
	uint32_t code = elf_code_at(collection, high->address);

	for (size_t i = index; i-- > 0;) {
		const struct elf_relocation *low = &collection->relocations[i];
		uint32_t low_code = elf_code_at(collection, low->address);
		if (high->address - low->address > PAIR_DISTANCE_MAX) {
			break;
		}
		if (low->type == R_ARM_THM_MOVW_ABS_NC && low->symbol_index == high->symbol_index &&
		    (low_code & THUMB_REGISTER) == (code & THUMB_REGISTER)) {
			return thumb_immediate(low_code);
		}
	}
	elf_refuse_relocation(collection, high,
			      "no MOVW for the same symbol and register is just before it");
}

static void judge_absolute(struct elf_collection *collection, size_t index,
			   enum relocation_form form)
{
	const struct elf_relocation *relocation = &collection->relocations[index];
	uint8_t move;

	if (elf_move_absolute(relocation, &move)) {
		uint16_t low =
		    form == RELOCATION_THUMB_HIGH ? lower_half(collection, index) : (uint16_t)0;
		elf_add_site(collection, relocation, form, move, low);
	}
}

static void judge_distance(struct elf_collection *collection,
			   const struct elf_relocation *relocation)
{
	uint8_t move;

	if (elf_move_relative(collection, relocation, &move)) {
		elf_add_site(collection, relocation, RELOCATION_WORD, move, 0);
	}
}

/* What moves along with its target; a symbol that is not there is called never. */
static void judge_branch(const struct elf_collection *collection,
			 const struct elf_relocation *relocation)
{
	if (relocation->memory != ELF_MEMORY_NONE &&
	    relocation->memory != relocation->site_memory) {
		elf_refuse_relocation(collection, relocation,
				      "it reaches from flash to RAM or back; no code runs in RAM");
	}
}

static void judge_narrow(const struct elf_collection *collection,
			 const struct elf_relocation *relocation)
{
	if (relocation->memory != ELF_MEMORY_NONE) {
		elf_refuse_relocation(collection, relocation,
				      "an address does not fit there; use 32 bits");
	}
}

void arm_relocation_judge(struct elf_collection *collection, size_t index)
{
	const struct elf_relocation *relocation = &collection->relocations[index];

	switch (relocation->type) {
	case R_ARM_NONE:
	case R_ARM_V4BX:
	case R_ARM_TLS_LE32:
	case R_ARM_TLS_LE12:
	case R_ARM_TLS_LDO32:
		return;
	case R_ARM_ABS32:
	case R_ARM_ABS32_NOI:
	case R_ARM_TARGET1:
		judge_absolute(collection, index, RELOCATION_WORD);
		return;
	case R_ARM_THM_MOVW_ABS_NC:
		judge_absolute(collection, index, RELOCATION_THUMB_LOW);
		return;
	case R_ARM_THM_MOVT_ABS:
		judge_absolute(collection, index, RELOCATION_THUMB_HIGH);
		return;
	case R_ARM_REL32:
	case R_ARM_REL32_NOI:
	case R_ARM_TARGET2:
	case R_ARM_PREL31:
		judge_distance(collection, relocation);
		return;
	case R_ARM_THM_CALL:
	case R_ARM_THM_JUMP24:
	case R_ARM_THM_JUMP19:
	case R_ARM_THM_JUMP11:
	case R_ARM_THM_JUMP8:
	case R_ARM_THM_JUMP6:
	case R_ARM_THM_PC8:
	case R_ARM_THM_PC12:
	case R_ARM_THM_ALU_PREL_11_0:
	case R_ARM_THM_MOVW_PREL_NC:
	case R_ARM_THM_MOVT_PREL:
		judge_branch(collection, relocation);
		return;
	case R_ARM_ABS16:
	case R_ARM_ABS12:
	case R_ARM_ABS8:
	case R_ARM_THM_ABS5:
		judge_narrow(collection, relocation);
		return;
	default:
		elf_refuse_relocation(collection, relocation,
				      "not of a kind that is known; compile without -fPIC, -fPIE, "
				      "-fropi and -frwpi");
	}
}
