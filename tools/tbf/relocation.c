/* Everything is checked before anything changes: the checksum, the shape of the table, then each
 * place against the program. Applying is arithmetic on single places, each without a look at others:
 * the halves of an address that a carry can reach have the bits below them in the table.
 *
 * Invariant: a cursor's `offset` never passes `program_length`, so that a place that begins there
 * or before and fits is inside. */

#include <tools/tbf/relocation.h>

#define CHECKSUM_AT     16
#define KIND_COUNT_AT   20
#define CRC_POLYNOMIAL  0xedb88320u
#define ALIGNMENT_MIN   2 /* log2 */
#define SITE_STEP       2 /* instructions are at multiples of 2 */
#define NUMBER_BITS_MAX 32

static uint32_t u32_at(const uint8_t *bytes, size_t at)
{
	return (uint32_t)bytes[at] | (uint32_t)bytes[at + 1] << 8 | (uint32_t)bytes[at + 2] << 16 |
	       (uint32_t)bytes[at + 3] << 24;
}

static void put_u32(uint8_t *bytes, size_t at, uint32_t value)
{
	for (size_t i = 0; i < 4; i++) {
		bytes[at + i] = (uint8_t)(value >> (8 * i));
	}
}

uint32_t relocation_checksum(const uint8_t *value, size_t length)
{
	uint32_t crc = UINT32_MAX;

	for (size_t at = 0; at < length; at++) {
		if (at >= CHECKSUM_AT && at < CHECKSUM_AT + 4) {
			continue;
		}
		crc ^= value[at];
		for (int bit = 0; bit < 8; bit++) {
			crc = (crc >> 1) ^ ((crc & 1) != 0 ? CRC_POLYNOMIAL : 0);
		}
	}
	return ~crc;
}

uint8_t relocation_kind_bits(uint8_t kind_count)
{
	uint8_t bits = 0;

	while ((1u << bits) < kind_count) {
		bits++;
	}
	return bits;
}

/* --- Reading --- */

static bool form_is_of(uint8_t form, uint8_t architecture)
{
	bool is_thumb = form == RELOCATION_THUMB_LOW || form == RELOCATION_THUMB_HIGH;

	return form == RELOCATION_WORD || is_thumb == (architecture == RELOCATION_ARM);
}

/* A kind is a form and a move; no two are alike, so that each table has one spelling only. */
static bool kinds_are_right(const struct relocation_table *table)
{
	for (size_t i = 0; i < table->kind_count; i++) {
		uint8_t form = table->kinds[i] >> 4;
		uint8_t move = table->kinds[i] & 0xf;
		if (form >= RELOCATION_FORMS || move >= RELOCATION_MOVES ||
		    !form_is_of(form, table->architecture) ||
		    (i > 0 && table->kinds[i] <= table->kinds[i - 1])) {
			return false;
		}
	}
	return true;
}

static const char *read_header(struct relocation_table *table, const uint8_t *value, size_t length)
{
	if (length < RELOCATION_HEADER_SIZE || value[0] != RELOCATION_VERSION) {
		return "its relocation table is of another version, or cut short";
	}
	if (relocation_checksum(value, length) != u32_at(value, CHECKSUM_AT)) {
		return "its relocation table is damaged";
	}
	if ((value[1] != RELOCATION_ARM && value[1] != RELOCATION_RV32) ||
	    value[2] < ALIGNMENT_MIN || value[2] > RELOCATION_ALIGNMENT_MAX ||
	    value[3] < ALIGNMENT_MIN || value[3] > RELOCATION_ALIGNMENT_MAX) {
		return "its relocation table names an unknown processor or alignment";
	}
	table->architecture = value[1];
	table->flash_alignment = 1u << value[2];
	table->ram_alignment = 1u << value[3];
	table->flash = u32_at(value, 4);
	table->ram = u32_at(value, 8);
	table->program_length = u32_at(value, 12);
	table->kind_count = value[KIND_COUNT_AT];
	if (table->kind_count > RELOCATION_KINDS_MAX ||
	    table->kind_count > length - RELOCATION_HEADER_SIZE) {
		return "its relocation table has too many kinds";
	}
	return NULL;
}

static void find_entries(struct relocation_table *table, const uint8_t *value, size_t length)
{
	size_t entries = RELOCATION_HEADER_SIZE + (size_t)table->kind_count;

	table->kinds = &value[RELOCATION_HEADER_SIZE];
	table->kind_bits = relocation_kind_bits(table->kind_count);
	table->entries = &value[entries];
	table->entries_length = length - entries;
}

/* A number in groups of 7 bits, the lowest first; a set top bit means that another follows. False:
 * it is cut short, too large, or longer than it need be. */
static bool take_number(const struct relocation_table *table, size_t *at, uint64_t *number)
{
	uint8_t byte = 0x80;
	unsigned int shift = 0;

	*number = 0;
	while ((byte & 0x80) != 0) {
		if (*at == table->entries_length || shift >= NUMBER_BITS_MAX) {
			return false;
		}
		byte = table->entries[*at];
		*number |= (uint64_t)(byte & 0x7f) << shift;
		shift += 7;
		(*at)++;
	}
	return byte != 0 || shift == 7;
}

static bool take_low(const struct relocation_table *table, size_t *at,
		     struct relocation *relocation)
{
	uint16_t limit = relocation->form == RELOCATION_RISCV_HIGH ? 0xfff : 0xffff;

	relocation->low = 0;
	if (!relocation_form_has_low(relocation->form)) {
		return true;
	}
	if (table->entries_length - *at < 2) {
		return false;
	}
	relocation->low = (uint16_t)(table->entries[*at] | table->entries[*at + 1] << 8);
	*at += 2;
	return relocation->low <= limit;
}

bool relocation_next(const struct relocation_table *table, struct relocation_cursor *cursor,
		     struct relocation *relocation)
{
	size_t at = cursor->at;
	uint64_t number;

	if (table->kind_count == 0 || !take_number(table, &at, &number)) {
		return false;
	}
	uint64_t kind = number & ((1u << table->kind_bits) - 1);
	uint64_t offset = cursor->offset + (number >> table->kind_bits) * SITE_STEP;
	if (kind >= table->kind_count || offset + RELOCATION_SITE_SIZE > table->program_length) {
		return false;
	}
	relocation->offset = (uint32_t)offset;
	relocation->form = table->kinds[kind] >> 4;
	relocation->move = table->kinds[kind] & 0xf;
	if (!take_low(table, &at, relocation)) {
		return false;
	}
	cursor->at = at;
	cursor->offset = (uint32_t)offset + RELOCATION_SITE_SIZE;
	return true;
}

const char *relocation_read(struct relocation_table *table, const uint8_t *value, size_t length)
{
	struct relocation_cursor cursor = {0, 0};
	struct relocation relocation;

	*table = (struct relocation_table){0};
	const char *wrong = read_header(table, value, length);
	if (wrong != NULL) {
		return wrong;
	}
	find_entries(table, value, length);
	if (!kinds_are_right(table)) {
		return "its relocation table has a kind that does not exist";
	}
	while (relocation_next(table, &cursor, &relocation)) {
		table->count++;
	}
	return cursor.at == table->entries_length
		   ? NULL
		   : "its relocation table has an entry that cannot be";
}

/* --- One place. Thumb-2 instructions are two halfwords, the first one first (DDI0403, A5.1);
 * MOVW and MOVT hold imm4:i:imm3:imm8 (A7.7.76, A7.7.79). --- */

static uint32_t thumb_immediate(uint32_t code)
{
	return (code & 0xf) << 12 | (code >> 10 & 1) << 11 | (code >> 28 & 7) << 8 |
	       (code >> 16 & 0xff);
}

static uint32_t thumb_with_immediate(uint32_t code, uint32_t value)
{
	return (code & ~0x70ff040fu) | (value >> 12 & 0xf) | (value >> 11 & 1) << 10 |
	       (value >> 8 & 7) << 28 | (value & 0xff) << 16;
}

/* RISC-V Unprivileged ISA, 2.3: I-type has its immediate in bits 31..20, S-type in 31..25, 11..7. */
static uint32_t riscv_s_immediate(uint32_t code)
{
	return (code >> 25) << 5 | (code >> 7 & 0x1f);
}

static uint32_t riscv_s_with_immediate(uint32_t code, uint32_t value)
{
	return (code & ~0xfe000f80u) | (value >> 5 & 0x7f) << 25 | (value & 0x1f) << 7;
}

bool relocation_fits(const struct relocation *relocation, uint32_t code)
{
	uint32_t opcode = code & 0x7f;

	switch (relocation->form) {
	case RELOCATION_WORD:
		return true;
	case RELOCATION_THUMB_LOW:
		return (code & 0x8000fbf0u) == 0xf240;
	case RELOCATION_THUMB_HIGH:
		return (code & 0x8000fbf0u) == 0xf2c0;
	case RELOCATION_RISCV_HIGH:
		return opcode == 0x37 || opcode == 0x17;
	case RELOCATION_RISCV_I:
		return opcode == 0x13 || opcode == 0x03 || opcode == 0x07 || opcode == 0x67;
	default:
		return opcode == 0x23 || opcode == 0x27;
	}
}

static uint32_t moved(const struct relocation *relocation, uint32_t code, uint32_t distance)
{
	uint32_t value;

	switch (relocation->form) {
	case RELOCATION_WORD:
		return code + distance;
	case RELOCATION_THUMB_LOW:
		return thumb_with_immediate(code, thumb_immediate(code) + distance);
	case RELOCATION_THUMB_HIGH:
		value = (thumb_immediate(code) << 16 | relocation->low) + distance;
		return thumb_with_immediate(code, value >> 16);
	case RELOCATION_RISCV_HIGH:
		/* The lower half is a signed number that is added, hence the rounding. */
		value = (code & ~0xfffu) - ((relocation->low & 0x800u) << 1) + relocation->low;
		return (code & 0xfff) | ((value + distance + 0x800) & ~0xfffu);
	case RELOCATION_RISCV_I:
		return (code & 0xfffff) | ((code >> 20) + distance) << 20;
	default:
		return riscv_s_with_immediate(code, riscv_s_immediate(code) + distance);
	}
}

/* --- All places --- */

const char *relocation_check(const struct relocation_table *table, const uint8_t *program,
			     size_t length, uint32_t flash, uint32_t ram)
{
	struct relocation_cursor cursor = {0, 0};
	struct relocation relocation;

	if (length != table->program_length) {
		return "its relocation table is for a program of another length";
	}
	if ((flash - table->flash) % table->flash_alignment != 0) {
		return "its program cannot begin at this address of flash, its alignment is wrong";
	}
	if ((ram - table->ram) % table->ram_alignment != 0) {
		return "its RAM cannot begin at this address, its alignment is wrong";
	}
	while (relocation_next(table, &cursor, &relocation)) {
		if (!relocation_fits(&relocation, u32_at(program, relocation.offset))) {
			return "its relocation table is for another program";
		}
	}
	return NULL;
}

void relocation_apply(const struct relocation_table *table, uint8_t *program, uint32_t flash,
		      uint32_t ram)
{
	struct relocation_cursor cursor = {0, 0};
	struct relocation relocation;
	uint32_t flash_distance = flash - table->flash;
	uint32_t ram_distance = ram - table->ram;
	uint32_t distances[RELOCATION_MOVES] = {
	    [RELOCATION_FLASH] = flash_distance,
	    [RELOCATION_RAM] = ram_distance,
	    [RELOCATION_FLASH_TO_RAM] = ram_distance - flash_distance,
	    [RELOCATION_RAM_TO_FLASH] = flash_distance - ram_distance,
	    [RELOCATION_FLASH_TO_NUMBER] = 0 - flash_distance,
	};

	while (relocation_next(table, &cursor, &relocation)) {
		uint32_t code = u32_at(program, relocation.offset);
		put_u32(program, relocation.offset,
			moved(&relocation, code, distances[relocation.move]));
	}
}
