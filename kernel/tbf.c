/* Parses application headers: an enemy's bytes, read by index, every index checked against the
 * header's size before it is used. */

#include "tbf.h"

enum {
	ELEMENT_HEAD = 4, /* type and length */
	FLAG_ENABLED = 1,
	OFFSET_FLAGS = 8,
	OFFSET_CHECKSUM = 12,

	REGION_BYTES = 8,
	PERMISSION_BYTES = 16,

	FOOTER_CREDENTIAL = 128,
	FOOTER_FORMAT_BYTES = 4,
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
	*tbf = (struct tbf){
	    .header_size = tbf_u16(bytes, 2),
	    .total_size = tbf_u32(bytes, 4),
	    .fixed_ram = TBF_NOT_FIXED,
	    .fixed_flash = TBF_NOT_FIXED,
	};
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

/* --- Elements --- */

/* One element of the header, or a footer, which has the same frame. */
struct element {
	uint32_t type;
	uint32_t value; /* offset */
	uint32_t length;
	uint32_t end; /* offset of what follows */
};

/* The element at `offset`; false: there is none that ends by `limit`. */
static bool element_at(const uint8_t *bytes, uint32_t offset, uint32_t limit,
		       struct element *element)
{
	if (offset > limit || limit - offset < ELEMENT_HEAD) {
		return false;
	}
	element->type = tbf_u16(bytes, offset);
	element->length = tbf_u16(bytes, offset + 2);
	element->value = offset + ELEMENT_HEAD;

	uint32_t padded = (element->length + 3) & ~3u;

	element->end = element->value + padded;
	return padded <= limit - element->value;
}

struct read_span tbf_value(const uint8_t *bytes, uint16_t value)
{
	if (value == 0) {
		return (struct read_span){bytes, 0};
	}
	return (struct read_span){bytes + value, tbf_u16(bytes, value - 2u)};
}

uint16_t tbf_find(const uint8_t *bytes, enum tbf_element type)
{
	uint32_t header_size = tbf_u16(bytes, 2);
	uint16_t found = 0;
	struct element element;

	for (uint32_t at = TBF_HEADER_BYTES; element_at(bytes, at, header_size, &element);
	     at = element.end) {
		if (element.type == type) {
			found = (uint16_t)element.value;
		}
	}
	return found;
}

uint32_t tbf_entry(const uint8_t *bytes, uint16_t program)
{
	return tbf_u16(bytes, 2) + tbf_u32(bytes, program);
}

uint32_t tbf_short_id(const uint8_t *bytes)
{
	uint16_t value = tbf_find(bytes, TBF_SHORT_ID);

	return value == 0 ? 0 : tbf_u32(bytes, value);
}

/* The words of a Program element, and of Main, which has the first three of them. */
enum program_word {
	INIT_OFFSET,
	PROTECTED_SIZE,
	MINIMUM_RAM,
	MAIN_WORDS,
	BINARY_END = MAIN_WORDS,
	VERSION,
	PROGRAM_WORDS,
};

struct program {
	uint32_t words_found; /* MAIN_WORDS or PROGRAM_WORDS; 0: none */
	uint32_t words[PROGRAM_WORDS];
};

/* A Program element outranks Main; of several of a kind the last one counts. */
static bool program_read(const uint8_t *bytes, const struct element *element, struct tbf *tbf,
			 struct program *program)
{
	uint32_t count = element->type == TBF_MAIN ? MAIN_WORDS : PROGRAM_WORDS;

	if (element->length != count * sizeof(uint32_t)) {
		return false;
	}
	if (count < program->words_found) {
		return true;
	}
	program->words_found = count;
	tbf->program = (uint16_t)element->value;
	program->words[BINARY_END] = tbf->total_size;
	for (uint32_t i = 0; i < count; i++) {
		program->words[i] = tbf_u32(bytes, element->value + i * sizeof(uint32_t));
	}
	return program->words[BINARY_END] <= tbf->total_size;
}

static bool fixed_addresses_read(const uint8_t *bytes, const struct element *element,
				 struct tbf *tbf)
{
	if (element->length != 8) {
		return false;
	}
	tbf->fixed_ram = tbf_u32(bytes, element->value);
	tbf->fixed_flash = tbf_u32(bytes, element->value + 4);
	return true;
}

static bool kernel_version_read(const uint8_t *bytes, const struct element *element,
				struct tbf *tbf)
{
	if (element->length != 4) {
		return false;
	}
	tbf->has_kernel_version = true;
	tbf->kernel_major = tbf_u16(bytes, element->value);
	tbf->kernel_minor = tbf_u16(bytes, element->value + 2);
	return true;
}

/* What decides who may do what comes once: of two it would be unclear which one counts. */

static bool permissions_read(const uint8_t *bytes, const struct element *element, struct tbf *tbf)
{
	if (tbf->permissions != 0 || element->length < 2) {
		return false;
	}
	tbf->permissions = (uint16_t)element->value;

	uint32_t count = tbf_u16(bytes, element->value);

	return count <= TBF_PERMISSIONS_MAX && count * PERMISSION_BYTES <= element->length - 2;
}

/* Identity to write with, then a list of those to read and one of those to modify, each after its
 * length. */
static bool storage_read(const uint8_t *bytes, const struct element *element, struct tbf *tbf)
{
	if (tbf->storage != 0 || element->length < 8) {
		return false;
	}
	tbf->storage = (uint16_t)element->value;

	uint32_t reads = tbf_u16(bytes, element->value + 4);

	if (reads > TBF_STORAGE_IDS_MAX || 4 * reads > element->length - 8) {
		return false;
	}

	uint32_t modifies = tbf_u16(bytes, element->value + 6 + 4 * reads);

	return modifies <= TBF_STORAGE_IDS_MAX && 4 * (reads + modifies) <= element->length - 8;
}

static bool short_id_read(const uint8_t *bytes, const struct element *element, struct tbf *tbf)
{
	if (tbf->short_id != 0 || element->length != 4) {
		return false;
	}
	tbf->short_id = tbf_u32(bytes, element->value);
	return tbf->short_id != 0;
}

/* False: malformed. */
static bool element_read(const uint8_t *bytes, const struct element *element, struct tbf *tbf,
			 struct program *program)
{
	switch (element->type) {
	case TBF_MAIN:
	case TBF_PROGRAM:
		return program_read(bytes, element, tbf, program);
	case TBF_WRITEABLE_REGIONS:
		return element->length % REGION_BYTES == 0;
	case TBF_PACKAGE_NAME:
		tbf->name = (uint16_t)element->value;
		return true;
	case TBF_FIXED_ADDRESSES:
		return fixed_addresses_read(bytes, element, tbf);
	case TBF_PERMISSIONS:
		return permissions_read(bytes, element, tbf);
	case TBF_STORAGE_PERMISSIONS:
		return storage_read(bytes, element, tbf);
	case TBF_KERNEL_VERSION:
		return kernel_version_read(bytes, element, tbf);
	case TBF_SHORT_ID:
		return short_id_read(bytes, element, tbf);
	default:
		return true;
	}
}

static bool elements_read(const uint8_t *bytes, struct tbf *tbf, struct program *program)
{
	uint32_t offset = TBF_HEADER_BYTES;
	struct element element;

	for (uint32_t i = 0; i < TBF_ELEMENTS_MAX && offset < tbf->header_size; i++) {
		if (!element_at(bytes, offset, tbf->header_size, &element) ||
		    !element_read(bytes, &element, tbf, program)) {
			return false;
		}
		offset = element.end;
	}
	return offset == tbf->header_size;
}

/* --- Regions --- */

uint32_t tbf_region_count(const uint8_t *bytes)
{
	uint32_t header_size = tbf_u16(bytes, 2);
	uint32_t count = 0;
	struct element element;

	for (uint32_t at = TBF_HEADER_BYTES; element_at(bytes, at, header_size, &element);
	     at = element.end) {
		if (element.type == TBF_WRITEABLE_REGIONS) {
			count += element.length / REGION_BYTES;
		}
	}
	return count;
}

static struct tbf_region region_read(const uint8_t *bytes, const struct element *element,
				     uint32_t index)
{
	uint32_t at = element->value + index * REGION_BYTES;

	return (struct tbf_region){tbf_u32(bytes, at), tbf_u32(bytes, at + 4)};
}

bool tbf_region(const uint8_t *bytes, uint32_t index, struct tbf_region *region)
{
	uint32_t header_size = tbf_u16(bytes, 2);
	struct element element;

	for (uint32_t at = TBF_HEADER_BYTES; element_at(bytes, at, header_size, &element);
	     at = element.end) {
		uint32_t count = element.length / REGION_BYTES;

		if (element.type != TBF_WRITEABLE_REGIONS) {
			continue;
		}
		if (index < count) {
			*region = region_read(bytes, &element, index);
			return true;
		}
		index -= count;
	}
	return false;
}

/* Inside the program, or empty. Header and footers are not the application's to write. */
static bool region_is_inside(struct tbf_region region, const struct tbf *tbf)
{
	return region.size == 0 ||
	       (region.offset >= tbf->app_offset && region.offset <= tbf->binary_end &&
		region.size <= tbf->binary_end - region.offset);
}

static bool regions_are_inside(const uint8_t *bytes, const struct tbf *tbf)
{
	struct element element;

	for (uint32_t at = TBF_HEADER_BYTES; element_at(bytes, at, tbf->header_size, &element);
	     at = element.end) {
		uint32_t count = element.length / REGION_BYTES;

		for (uint32_t i = 0; element.type == TBF_WRITEABLE_REGIONS && i < count; i++) {
			if (!region_is_inside(region_read(bytes, &element, i), tbf)) {
				return false;
			}
		}
	}
	return true;
}

/* --- The whole --- */

/* Where the program begins: nothing may point outside [header_size, binary_end). */
static bool program_place(const struct program *program, struct tbf *tbf)
{
	uint32_t init_offset = program->words[INIT_OFFSET];

	tbf->binary_end = program->words[BINARY_END];
	if (tbf->binary_end < tbf->header_size || init_offset < program->words[PROTECTED_SIZE] ||
	    init_offset >= tbf->binary_end - tbf->header_size) {
		return false;
	}
	tbf->app_offset = tbf->header_size + program->words[PROTECTED_SIZE];
	tbf->minimum_ram = program->words[MINIMUM_RAM];
	tbf->version = program->words[VERSION];
	return true;
}

enum load_outcome tbf_parse(const uint8_t *bytes, struct tbf *tbf)
{
	struct program program = {0};

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
	if (program.words_found == 0) {
		return LOAD_NO_PROGRAM;
	}
	if (!program_place(&program, tbf)) {
		return LOAD_BAD_ENTRY;
	}
	return regions_are_inside(bytes, tbf) ? LOAD_STARTED : LOAD_BAD_REGION;
}

bool tbf_credential(const uint8_t *bytes, const struct tbf *tbf, uint32_t *offset,
		    struct tbf_credential *credential)
{
	struct element footer;

	if (!element_at(bytes, *offset, tbf->total_size, &footer) ||
	    footer.type != FOOTER_CREDENTIAL || footer.length < FOOTER_FORMAT_BYTES) {
		return false;
	}
	credential->format = tbf_u32(bytes, footer.value);
	credential->data = footer.value + FOOTER_FORMAT_BYTES;
	credential->length = footer.length - FOOTER_FORMAT_BYTES;
	*offset = footer.end;
	return true;
}
