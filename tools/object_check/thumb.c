/* Thumb-2 as ARMv7-M has it (ARMv7-M ARM, A5.2 and A5.3). The system's instructions are few and sit
 * together: one group of 16 bits, hints, and the group "miscellaneous control" of 32 bits. */

#include <tools/object_check/instructions.h>

static const char truncated[] = "is cut off by the end of its section";

static uint32_t half_at(const uint8_t *bytes)
{
	return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8;
}

/* 0b1011xxxx: CPS, BKPT, hints and the like (A5.2.5). */
static const char *refuse_miscellaneous_16(uint32_t half)
{
	switch (half >> 8 & 0xf) {
	case 0x6:
		return "changes the interrupt mask (cps)";
	case 0xa:
		return (half >> 6 & 3) == 2 ? "halts (hlt)" : NULL;
	case 0xe:
		return "is a breakpoint (bkpt)";
	case 0xf:
		/* With a low half that is not 0 it is IT; NOP is 0xbf00. */
		return (half & 0xf) == 0 && half != 0xbf00 ? "is a hint (wfi, wfe, sev, yield)"
							   : NULL;
	default:
		return NULL;
	}
}

static const char *refuse_16(uint32_t half)
{
	if (half >> 8 == 0xdf) {
		return "is a system call (svc)";
	}
	if (half >> 8 == 0xde && half != 0xdeff) {
		return "is an undefined instruction other than the compiler's trap (udf)";
	}
	return half >> 12 == 0xb ? refuse_miscellaneous_16(half) : NULL;
}

/* LDREX, STREX and their like (A5.3.6). TBB and TBH lie between them. */
static bool is_exclusive(uint32_t first, uint32_t second)
{
	uint32_t operation = second >> 4 & 0xf;

	if ((first & 0xffe0) == 0xe840) {
		return true;
	}
	return (first & 0xffe0) == 0xe8c0 && operation != 0 && operation != 1;
}

static const char *refuse_32(uint32_t first, uint32_t second)
{
	/* Branches and miscellaneous control (A5.3.4): a branch on a condition that does not exist. */
	if ((first & 0xfb80) == 0xf380 && (second & 0xd000) == 0x8000) {
		return first == 0xf3af && second == 0x8000
			   ? NULL /* nop.w */
			   : "is a system instruction (msr, mrs, dsb, dmb, isb, cps, hint, udf)";
	}
	if (is_exclusive(first, second)) {
		return "is an exclusive access (ldrex, strex)";
	}
	if ((first & 0xec00) == 0xec00) {
		return "is for a coprocessor (mcr, mrc, ...)";
	}
	return NULL;
}

/* BX, B, POP with pc; the trap (A5.2). */
static bool is_end_16(uint32_t half)
{
	return (half & 0xff87) == 0x4700 || half >> 11 == 0x1c || half >> 8 == 0xbd ||
	       half == 0xdeff;
}

/* BL of what does not return and B.W; TBB, TBH; loads of pc (A5.3.4, A5.3.6, A7.7.41, A7.7.43). */
static bool is_end_32(uint32_t first, uint32_t second)
{
	if ((first & 0xf800) == 0xf000) {
		return (second & 0x9000) == 0x9000;
	}
	if ((first & 0xfff0) == 0xe8d0 && (second & 0xffe0) == 0xf000) {
		return true;
	}
	return ((first & 0xfe50) == 0xe810 && (second & 0x8000) != 0) ||
	       ((first & 0xfff0) == 0xf850 && second >> 12 == 0xf) ||
	       ((first & 0xff7f) == 0xf85f && second >> 12 == 0xf);
}

struct instruction thumb_decode(const uint8_t *bytes, size_t size)
{
	uint32_t first = half_at(bytes);

	if (first >> 11 < 0x1d) {
		return (struct instruction){.bits = first,
					    .length = 2,
					    .is_trap = first == 0xdeff,
					    .is_end = is_end_16(first),
					    .is_filler = first == 0xbf00 || first == 0,
					    .refused = refuse_16(first)};
	}
	if (size < 4) {
		return (struct instruction){.bits = first, .length = 2, .refused = truncated};
	}

	uint32_t second = half_at(bytes + 2);

	return (struct instruction){.bits = first << 16 | second,
				    .length = 4,
				    .is_end = is_end_32(first, second),
				    .refused = refuse_32(first, second)};
}
