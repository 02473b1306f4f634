/* RV32IMAC (RISC-V Unprivileged ISA 20191213, chapters 2, 7 and 16). What is known to be harmless is
 * listed by its major opcode; anything else is refused. */

#include <tools/object_check/instructions.h>

enum {
	COMPRESSED_EBREAK = 0x9002,
	EBREAK = 0x00100073,
};

enum opcode {
	OPCODE_LOAD = 0x03,
	OPCODE_MISC_MEM = 0x0f,
	OPCODE_OP_IMM = 0x13,
	OPCODE_AUIPC = 0x17,
	OPCODE_STORE = 0x23,
	OPCODE_AMO = 0x2f,
	OPCODE_OP = 0x33,
	OPCODE_LUI = 0x37,
	OPCODE_BRANCH = 0x63,
	OPCODE_JALR = 0x67,
	OPCODE_JAL = 0x6f,
	OPCODE_SYSTEM = 0x73,
};

/* Quadrants 0 and 2 have loads and stores of floating point in the odd places. */
static const char *refuse_16(uint32_t half)
{
	uint32_t quadrant = half & 3;
	uint32_t operation = half >> 13;

	if (half == 0) {
		return "is the illegal instruction of zeros";
	}
	if (quadrant != 1 &&
	    (operation == 1 || operation == 3 || operation == 5 || operation == 7)) {
		return "is for floating point";
	}
	return NULL;
}

static const char *refuse_32(uint32_t bits)
{
	switch (bits & 0x7f) {
	case OPCODE_LOAD:
	case OPCODE_OP_IMM:
	case OPCODE_AUIPC:
	case OPCODE_STORE:
	case OPCODE_OP:
	case OPCODE_LUI:
	case OPCODE_BRANCH:
	case OPCODE_JALR:
	case OPCODE_JAL:
		return NULL;
	case OPCODE_MISC_MEM:
		return "orders memory (fence, fence.i)";
	case OPCODE_AMO:
		return "is an atomic access (lr, sc, amo)";
	case OPCODE_SYSTEM:
		return bits == EBREAK
			   ? NULL
			   : "is a system instruction (ecall, csr, mret, sret, wfi, sfence)";
	default:
		return "is none of RV32IM";
	}
}

struct instruction riscv_decode(const uint8_t *bytes, size_t size)
{
	uint32_t half = (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8;

	if ((half & 3) != 3) {
		return (struct instruction){.bits = half,
					    .length = 2,
					    .is_trap = half == COMPRESSED_EBREAK,
					    .refused = refuse_16(half)};
	}
	if (size < 4) {
		return (struct instruction){
		    .bits = half, .length = 2, .refused = "is cut off by the end of its section"};
	}

	uint32_t bits = half | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;

	return (struct instruction){
	    .bits = bits, .length = 4, .is_trap = bits == EBREAK, .refused = refuse_32(bits)};
}
