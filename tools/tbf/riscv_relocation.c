/* Relocations of RISC-V code and data ("RISC-V ELF Specification", 1.0, table 3). Addends come with
 * them, so that what a place must hold is known and is compared with what it holds. */

#include <tools/tbf/elf_relocation_rules.h>

#include <elf.h>

#define OPCODE_MASK   0x7fu
#define OPCODE_AUIPC  0x17u
#define BASE_REGISTER (0x1fu << 15)
#define LOW_BITS      0xfffu
#define HIGH_PART(v)  (((v) + 0x800u) & ~LOW_BITS)

static uint32_t target_of(const struct elf_relocation *relocation)
{
	return relocation->symbol + (uint32_t)relocation->addend;
}

__attribute__((noreturn)) static void refuse_changed(const struct elf_collection *collection,
						     const struct elf_relocation *relocation)
{
	elf_refuse_relocation(collection, relocation,
			      "the program does not hold what the relocation says; pack what the "
			      "linker wrote, and link with --no-relax if it still is so");
}

static void judge_word(struct elf_collection *collection, const struct elf_relocation *relocation)
{
	uint8_t move;

	if (!elf_move_absolute(relocation, &move)) {
		return;
	}
	if (elf_code_at(collection, relocation->address) != target_of(relocation)) {
		refuse_changed(collection, relocation);
	}
	elf_add_site(collection, relocation, RELOCATION_WORD, move, 0);
}

static void judge_high(struct elf_collection *collection, const struct elf_relocation *relocation)
{
	uint32_t value = target_of(relocation);
	uint8_t move;

	if (!elf_move_absolute(relocation, &move)) {
		return;
	}
	if ((elf_code_at(collection, relocation->address) & ~LOW_BITS) != HIGH_PART(value)) {
		refuse_changed(collection, relocation);
	}
	elf_add_site(collection, relocation, RELOCATION_RISCV_HIGH, move,
		     (uint16_t)(value & LOW_BITS));
}

/* The linker may have found the address near enough to 0 to do without an upper half. */
static void check_base(const struct elf_collection *collection,
		       const struct elf_relocation *relocation)
{
	if ((elf_code_at(collection, relocation->address) & BASE_REGISTER) == 0) {
		elf_refuse_relocation(collection, relocation,
				      "the address is near 0; link for addresses from 0x100000 up");
	}
}

static void judge_low(struct elf_collection *collection, const struct elf_relocation *relocation,
		      enum relocation_form form)
{
	uint8_t move;

	if (elf_move_absolute(relocation, &move)) {
		check_base(collection, relocation);
		elf_add_site(collection, relocation, form, move, 0);
	}
}

static void judge_relative_high(struct elf_collection *collection,
				const struct elf_relocation *relocation)
{
	uint32_t value = target_of(relocation) - relocation->address;
	uint32_t code = elf_code_at(collection, relocation->address);
	uint8_t move;

	if (!elf_move_relative(collection, relocation, &move)) {
		return;
	}
	if ((code & OPCODE_MASK) != OPCODE_AUIPC || (code & ~LOW_BITS) != HIGH_PART(value)) {
		refuse_changed(collection, relocation);
	}
	elf_add_site(collection, relocation, RELOCATION_RISCV_HIGH, move,
		     (uint16_t)(value & LOW_BITS));
}

/* The AUIPC that a lower half belongs to is where its symbol is. */
static const struct elf_relocation *upper_half(const struct elf_collection *collection,
					       const struct elf_relocation *low)
{
	size_t from = 0;
	size_t to = collection->count;

	while (from < to) {
		size_t middle = from + (to - from) / 2;
		if (collection->relocations[middle].address < low->symbol) {
			from = middle + 1;
		} else {
			to = middle;
		}
	}
	for (; from < collection->count && collection->relocations[from].address == low->symbol;
	     from++) {
		if (collection->relocations[from].type == R_RISCV_PCREL_HI20) {
			return &collection->relocations[from];
		}
	}
	elf_refuse_relocation(collection, low, "no upper half belongs to it; link with --no-relax");
}

static void judge_relative_low(struct elf_collection *collection,
			       const struct elf_relocation *relocation, enum relocation_form form)
{
	const struct elf_relocation *high = upper_half(collection, relocation);
	uint8_t move;

	if (elf_move_relative(collection, high, &move)) {
		check_base(collection, relocation);
		elf_add_site(collection, relocation, form, move, 0);
	}
}

/* What moves along with its target, or belongs to a difference of two that move alike. */
static void judge_same(const struct elf_collection *collection,
		       const struct elf_relocation *relocation)
{
	if (relocation->memory != ELF_MEMORY_NONE &&
	    relocation->memory != relocation->site_memory) {
		elf_refuse_relocation(collection, relocation,
				      "it reaches from flash to RAM or back");
	}
}

/* A sum's parts are at the same address: what is added, and what is taken off. */
static void judge_sum(struct elf_collection *collection, size_t index)
{
	const struct elf_relocation *relocation = &collection->relocations[index];
	size_t from = index;
	int flash = 0;
	int ram = 0;

	while (from > 0 && collection->relocations[from - 1].address == relocation->address) {
		from--;
	}
	for (size_t i = from;
	     i < collection->count && collection->relocations[i].address == relocation->address;
	     i++) {
		const struct elf_relocation *part = &collection->relocations[i];
		bool is_minus = (part->type >= R_RISCV_SUB8 && part->type <= R_RISCV_SUB64) ||
				part->type == R_RISCV_SUB6;
		int sign = is_minus ? -1 : 1;
		flash += part->memory == ELF_MEMORY_FLASH ? sign : 0;
		ram += part->memory == ELF_MEMORY_RAM ? sign : 0;
	}
	if (flash != 0 || ram != 0) {
		elf_refuse_relocation(collection, relocation,
				      "the difference of an address in flash and one in RAM");
	}
}

/* Counted from the register gp, which points into RAM. */
static void judge_gp(const struct elf_collection *collection,
		     const struct elf_relocation *relocation)
{
	if (relocation->memory != ELF_MEMORY_RAM) {
		elf_refuse_relocation(collection, relocation,
				      "it counts from gp and is not in RAM; link with --no-relax");
	}
}

static void judge_narrow(const struct elf_collection *collection,
			 const struct elf_relocation *relocation)
{
	if (relocation->memory != ELF_MEMORY_NONE) {
		elf_refuse_relocation(collection, relocation,
				      "an address does not fit there; link with --no-relax");
	}
}

void riscv_relocation_judge(struct elf_collection *collection, size_t index)
{
	const struct elf_relocation *relocation = &collection->relocations[index];
	uint8_t move;

	switch (relocation->type) {
	case R_RISCV_NONE:
	case R_RISCV_RELAX:
	case R_RISCV_ALIGN:
	case R_RISCV_TPREL_HI20:
	case R_RISCV_TPREL_LO12_I:
	case R_RISCV_TPREL_LO12_S:
	case R_RISCV_TPREL_ADD:
	case R_RISCV_TPREL_I:
	case R_RISCV_TPREL_S:
		return;
	case R_RISCV_32:
		judge_word(collection, relocation);
		return;
	case R_RISCV_HI20:
		judge_high(collection, relocation);
		return;
	case R_RISCV_LO12_I:
		judge_low(collection, relocation, RELOCATION_RISCV_I);
		return;
	case R_RISCV_LO12_S:
		judge_low(collection, relocation, RELOCATION_RISCV_S);
		return;
	case R_RISCV_PCREL_HI20:
		judge_relative_high(collection, relocation);
		return;
	case R_RISCV_PCREL_LO12_I:
		judge_relative_low(collection, relocation, RELOCATION_RISCV_I);
		return;
	case R_RISCV_PCREL_LO12_S:
		judge_relative_low(collection, relocation, RELOCATION_RISCV_S);
		return;
	case R_RISCV_32_PCREL:
		if (elf_move_relative(collection, relocation, &move)) {
			elf_add_site(collection, relocation, RELOCATION_WORD, move, 0);
		}
		return;
	case R_RISCV_BRANCH:
	case R_RISCV_JAL:
	case R_RISCV_CALL:
	case R_RISCV_CALL_PLT:
	case R_RISCV_RVC_BRANCH:
	case R_RISCV_RVC_JUMP:
		judge_same(collection, relocation);
		return;
	case R_RISCV_ADD8:
	case R_RISCV_ADD16:
	case R_RISCV_ADD32:
	case R_RISCV_ADD64:
	case R_RISCV_SUB8:
	case R_RISCV_SUB16:
	case R_RISCV_SUB32:
	case R_RISCV_SUB64:
	case R_RISCV_SUB6:
	case R_RISCV_SET6:
	case R_RISCV_SET8:
	case R_RISCV_SET16:
	case R_RISCV_SET32:
		judge_sum(collection, index);
		return;
	case R_RISCV_GPREL_I:
	case R_RISCV_GPREL_S:
		judge_gp(collection, relocation);
		return;
	case R_RISCV_RVC_LUI:
		judge_narrow(collection, relocation);
		return;
	default:
		elf_refuse_relocation(collection, relocation,
				      "not of a kind that is known; compile without -fPIC");
	}
}
