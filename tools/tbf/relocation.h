#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The relocation table of an application: what makes one binary run at any address.
 *
 * A program is linked once, for some address in flash and some in RAM. The table says which of its
 * words and instructions hold an address, so that whoever places it elsewhere can correct them. It
 * is the value of an element of the header (tbf/format.h, TBF_RELOCATIONS); docs/relocation.md gives
 * its layout.
 *
 *   R1  relocation_read() accepts any bytes whatever and reads none outside of them. It refuses a
 *       table of which any byte was changed: by its checksum, and by what tables look like.
 *   R2  All places lie inside the program, in ascending order, and do not overlap.
 *   R3  relocation_check() refuses a program whose instructions are not those the table speaks of.
 *   R4  What passed both, relocation_apply() changes and cannot fail.
 *   R5  Nothing here allocates memory, calls a library or depends on the machine it runs on. */

#define RELOCATION_VERSION       1
#define RELOCATION_HEADER_SIZE   21 /* up to the list of kinds */
#define RELOCATION_KINDS_MAX     24 /* more than there are kinds */
#define RELOCATION_SITE_SIZE     4  /* every place is as long */
#define RELOCATION_ALIGNMENT_MAX 12 /* log2 */
#define RELOCATION_ENTRY_MAX     7  /* bytes of an encoded entry at most */

enum relocation_architecture {
	RELOCATION_ARM = 1,
	RELOCATION_RV32 = 2,
};

/* What lies at a place. The low bits of an address come with the halves that carry depends on. */
enum relocation_form {
	RELOCATION_WORD = 0,       /* 32 bits, little-endian */
	RELOCATION_THUMB_LOW = 1,  /* MOVW: bits 15..0 */
	RELOCATION_THUMB_HIGH = 2, /* MOVT: bits 31..16; comes with the lower 16 */
	RELOCATION_RISCV_HIGH = 3, /* LUI or AUIPC: bits 31..12, rounded; comes with the lower 12 */
	RELOCATION_RISCV_I = 4,    /* ADDI, a load: bits 11..0 */
	RELOCATION_RISCV_S = 5,    /* a store: bits 11..0 */
	RELOCATION_FORMS,
};

/* By what an address changes. */
enum relocation_move {
	RELOCATION_FLASH = 0,           /* as far as flash moves */
	RELOCATION_RAM = 1,             /* as far as RAM moves */
	RELOCATION_FLASH_TO_RAM = 2,    /* a distance: RAM's less flash's */
	RELOCATION_RAM_TO_FLASH = 3,    /* the other way round */
	RELOCATION_FLASH_TO_NUMBER = 4, /* a distance to what does not move: by less flash's */
	RELOCATION_MOVES,
};

struct relocation {
	uint32_t offset; /* from the program's first byte; a multiple of 2 */
	uint8_t form;    /* enum relocation_form */
	uint8_t move;    /* enum relocation_move */
	uint16_t low;    /* with THUMB_HIGH and RISCV_HIGH; else 0 */
};

/* A table that relocation_read() accepted. Borrows its bytes. */
struct relocation_table {
	uint8_t architecture;     /* enum relocation_architecture */
	uint32_t flash_alignment; /* bytes: both places must be at multiples of these */
	uint32_t ram_alignment;
	uint32_t flash; /* where it was linked for: the program's first byte, */
	uint32_t ram;   /* the start of its RAM */
	uint32_t program_length;
	uint32_t count;
	uint8_t kind_count;
	uint8_t kind_bits;
	const uint8_t *kinds;
	const uint8_t *entries;
	size_t entries_length;
};

/* Where relocation_next() is in a table; begins as zeros. */
struct relocation_cursor {
	size_t at;
	uint32_t offset; /* behind the place before */
};

/* Reads the `length` bytes of an element's value. Returns NULL, or what is wrong as the end of a
 * sentence, with `table` then of no use. */
const char *relocation_read(struct relocation_table *table, const uint8_t *value, size_t length);

/* The next entry, in ascending order; false when there are no more. */
bool relocation_next(const struct relocation_table *table, struct relocation_cursor *cursor,
		     struct relocation *relocation);

/* Whether the table fits this program and can be applied for these addresses. Returns NULL, or what
 * is wrong. */
const char *relocation_check(const struct relocation_table *table, const uint8_t *program,
			     size_t length, uint32_t flash, uint32_t ram);

/* Whether the four bytes at a place are such as its form says. */
bool relocation_fits(const struct relocation *relocation, uint32_t code);

/* Makes a program that relocation_check() accepted right for these addresses. */
void relocation_apply(const struct relocation_table *table, uint8_t *program, uint32_t flash,
		      uint32_t ram);

/* CRC-32 (IEEE 802.3) of all bytes of a value but the checksum's own. `length` is at least
 * RELOCATION_HEADER_SIZE. */
uint32_t relocation_checksum(const uint8_t *value, size_t length);

/* How many bits tell `kind_count` kinds apart. */
uint8_t relocation_kind_bits(uint8_t kind_count);

static inline bool relocation_form_has_low(uint8_t form)
{
	return form == RELOCATION_THUMB_HIGH || form == RELOCATION_RISCV_HIGH;
}
