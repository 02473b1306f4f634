/* Parses application headers: an enemy's bytes, read by index, every index checked against the
 * header's size before it is used. */

#include "tbf.h"

enum tlv_type {
	TLV_MAIN = 1,
	TLV_WRITEABLE_REGIONS = 2,
	TLV_PACKAGE_NAME = 3,
	TLV_FIXED_ADDRESSES = 5,
	TLV_KERNEL_VERSION = 8,
	TLV_PROGRAM = 9,
	TLV_SHORT_ID = 10,
};

enum {
	TLV_HEAD = 4, /* type and length */
	FLAG_ENABLED = 1,
	OFFSET_FLAGS = 8,
	OFFSET_CHECKSUM = 12,
};

uint16_t tbf_u16(const uint8_t *bytes, uint32_t offset)
{
	return (uint16_t)(bytes[offset] | bytes[offset + 1] << 8);
}

uint32_t tbf_u32(const uint8_t *bytes, uint32_t offset)
{
	return tbf_u16(bytes, offset) | (uint32_t)tbf_u16(bytes, offset + 2) << 16;
}

bool tbf_read_lengths(const uint8_t *bytes, struct tbf *tbf)
{
	if (tbf_u16(bytes, 0) != TBF_VERSION) {
		return false;
	}
	tbf->header_size = tbf_u16(bytes, 2);
	tbf->total_size = tbf_u32(bytes, 4);
	return true;
}

/* Exclusive or of all words but the checksum's own; a last partial word counts as padded with 0. */
static uint32_t header_checksum(const uint8_t *bytes, uint32_t header_size)
{
	uint32_t sum = 0;
	uint32_t offset = 0;

	for (; offset + 4 <= header_size; offset += 4) {
		if (offset != OFFSET_CHECKSUM) {
			sum ^= tbf_u32(bytes, offset);
		}
	}
	for (; offset < header_size; offset++) {
		sum ^= (uint32_t)bytes[offset] << 8 * (offset % 4);
	}
	return sum;
}

/* What Main and Program have in common, before it is put together. */
struct program {
	bool is_found;
	bool is_program; /* from a Program element, which outranks Main */
	uint32_t init_offset;
	uint32_t protected_size;
	uint32_t minimum_ram;
};

static void program_read(const uint8_t *bytes, uint32_t value, bool is_program,
			 struct program *program)
{
	if (program->is_program && !is_program) {
		return;
	}
	program->is_found = true;
	program->is_program = is_program;
	program->init_offset = tbf_u32(bytes, value);
	program->protected_size = tbf_u32(bytes, value + 4);
	program->minimum_ram = tbf_u32(bytes, value + 8);
}

static bool program_end_is_valid(const uint8_t *bytes, uint32_t value, const struct tbf *tbf)
{
	return tbf_u32(bytes, value + 12) <= tbf->total_size;
}

/* One element whose value lies at [value, value + length). False: malformed. */
static bool element_read(const uint8_t *bytes, uint32_t type, uint32_t value, uint32_t length,
			 struct tbf *tbf, struct program *program)
{
	switch (type) {
	case TLV_MAIN:
		if (length != 12) {
			return false;
		}
		program_read(bytes, value, false, program);
		return true;
	case TLV_PROGRAM:
		if (length != 20 || !program_end_is_valid(bytes, value, tbf)) {
			return false;
		}
		program_read(bytes, value, true, program);
		return true;
	case TLV_WRITEABLE_REGIONS:
		tbf->regions_offset = (uint16_t)value;
		tbf->regions_count = (uint16_t)(length / TBF_REGION_BYTES);
		return length % TBF_REGION_BYTES == 0;
	case TLV_PACKAGE_NAME:
		tbf->name_offset = (uint16_t)value;
		tbf->name_length = (uint16_t)length;
		return true;
	case TLV_FIXED_ADDRESSES:
		if (length != 8) {
			return false;
		}
		tbf->fixed_ram = tbf_u32(bytes, value);
		tbf->fixed_flash = tbf_u32(bytes, value + 4);
		return true;
	case TLV_KERNEL_VERSION:
		if (length != 4) {
			return false;
		}
		tbf->has_kernel_version = true;
		tbf->kernel_major = tbf_u16(bytes, value);
		tbf->kernel_minor = tbf_u16(bytes, value + 2);
		return true;
	case TLV_SHORT_ID:
		return length == 4;
	default:
		return true;
	}
}

static bool elements_read(const uint8_t *bytes, struct tbf *tbf, struct program *program)
{
	uint32_t offset = TBF_HEADER_BYTES;

	while (offset < tbf->header_size) {
		if (tbf->header_size - offset < TLV_HEAD) {
			return false;
		}

		uint32_t type = tbf_u16(bytes, offset);
		uint32_t length = tbf_u16(bytes, offset + 2);
		uint32_t left = tbf->header_size - offset - TLV_HEAD;

		if (length > left ||
		    !element_read(bytes, type, offset + TLV_HEAD, length, tbf, program)) {
			return false;
		}

		uint32_t padded = (length + 3) & ~3u;

		if (padded > left) {
			return false;
		}
		offset += TLV_HEAD + padded;
	}
	return true;
}

/* Where the program begins: nothing may point outside [header_size, total_size). */
static bool program_place(const struct program *program, struct tbf *tbf)
{
	uint32_t space = tbf->total_size - tbf->header_size;

	if (program->init_offset < program->protected_size || program->init_offset >= space) {
		return false;
	}
	tbf->app_offset = tbf->header_size + program->protected_size;
	tbf->entry_offset = tbf->header_size + program->init_offset;
	tbf->minimum_ram = program->minimum_ram;
	return true;
}

enum load_outcome tbf_parse(const uint8_t *bytes, struct tbf *tbf)
{
	struct program program = {0};

	tbf->fixed_ram = TBF_NOT_FIXED;
	tbf->fixed_flash = TBF_NOT_FIXED;
	if (header_checksum(bytes, tbf->header_size) != tbf_u32(bytes, OFFSET_CHECKSUM)) {
		return LOAD_BAD_CHECKSUM;
	}
	if (tbf->header_size == TBF_HEADER_BYTES) {
		return LOAD_PADDING;
	}
	tbf->is_enabled = (tbf_u32(bytes, OFFSET_FLAGS) & FLAG_ENABLED) != 0;
	if (!elements_read(bytes, tbf, &program)) {
		return LOAD_BAD_TLV;
	}
	if (!program.is_found) {
		return LOAD_NO_PROGRAM;
	}
	if (!program_place(&program, tbf)) {
		return LOAD_BAD_ENTRY;
	}
	return LOAD_STARTED;
}
