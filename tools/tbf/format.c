/* Reading goes by index into bytes of known length; nothing is read before the length has been
 * compared. Writing goes through a cursor, once without a destination to measure, once with one, so
 * that the two cannot disagree. */

#include <tools/tbf/format.h>

#include <assert.h>
#include <string.h>

#define FORMAT_VERSION      2
#define ELEMENT_HEADER_SIZE 4
#define CHECKSUM_OFFSET     12

#define PROGRAM_LENGTH    20
#define MAIN_LENGTH       12
#define REGION_LENGTH     8
#define FIXED_LENGTH      8
#define PERMISSION_LENGTH 16
#define KERNEL_LENGTH     4
#define SHORT_ID_LENGTH   4

/* What the kernel's loader puts up with (kernel/tbf.h). */
#define ELEMENTS_MAX    128
#define PERMISSIONS_MAX 128

enum footer {
	FOOTER_SIZE_MIN = 8,
	/* The largest multiple of 4 whose length field fits, header included. */
	FOOTER_SIZE_MAX = 65536,
};

/* Bytes of known length: an application, or the value of one element. */
struct view {
	const uint8_t *bytes;
	size_t length;
};

static uint32_t align_4(uint32_t value)
{
	return (value + 3) & ~(uint32_t)3;
}

static uint16_t view_u16(struct view view, size_t at)
{
	assert(at + 2 <= view.length);
	return (uint16_t)(view.bytes[at] | view.bytes[at + 1] << 8);
}

static uint32_t view_u32(struct view view, size_t at)
{
	return (uint32_t)view_u16(view, at) | (uint32_t)view_u16(view, at + 2) << 16;
}

static struct view view_part(struct view view, size_t at, size_t length)
{
	assert(at + length <= view.length);
	return (struct view){&view.bytes[at], length};
}

/* All words of the header but the checksum's own. */
static uint32_t checksum(struct view header)
{
	uint32_t sum = 0;

	for (size_t at = 0; at + 4 <= header.length; at += 4) {
		sum ^= at == CHECKSUM_OFFSET ? 0 : view_u32(header, at);
	}
	return sum;
}

/* Program is Main and two fields more. */
static const char *read_program(struct tbf_header *header, struct view value)
{
	bool is_program = value.length == PROGRAM_LENGTH;

	header->has_program = true;
	header->init_offset = view_u32(value, 0);
	header->protected_size = view_u32(value, 4);
	header->minimum_ram = view_u32(value, 8);
	header->binary_end = is_program ? view_u32(value, 12) : header->total_size;
	header->version = is_program ? view_u32(value, 16) : 0;
	return NULL;
}

static const char *read_fixed_addresses(struct tbf_header *header, struct view value)
{
	header->fixed_ram = view_u32(value, 0);
	header->fixed_flash = view_u32(value, 4);
	return NULL;
}

static const char *read_kernel_version(struct tbf_header *header, struct view value)
{
	header->has_kernel_version = true;
	header->kernel_major = view_u16(value, 0);
	header->kernel_minor = view_u16(value, 2);
	return NULL;
}

static const char *check_permissions(struct view value)
{
	if (value.length < 2 || 2 + (size_t)view_u16(value, 0) * PERMISSION_LENGTH > value.length) {
		return "it promises more permissions than it holds";
	}
	if (view_u16(value, 0) > PERMISSIONS_MAX) {
		return "it has more than 128 permissions";
	}
	return NULL;
}

/* The end of a list of ids at `at`; 0 when it does not fit. */
static size_t id_list_end(struct view value, size_t at)
{
	if (at + 2 > value.length) {
		return 0;
	}
	size_t count = view_u16(value, at);
	size_t end = at + 2 + 4 * count;
	return count > TBF_STORAGE_IDS_MAX || end > value.length ? 0 : end;
}

static const char *check_storage(struct view value)
{
	size_t reads_end = id_list_end(value, 4);

	if (reads_end == 0 || id_list_end(value, reads_end) == 0) {
		return "its storage permissions are cut short, or list more than 8 ids";
	}
	return NULL;
}

static const char *read_short_id(struct tbf_header *header, struct view value)
{
	header->short_id = view_u32(value, 0);
	return header->short_id == 0 ? "its short id is 0" : NULL;
}

static bool element_has_right_length(uint16_t type, size_t length)
{
	switch (type) {
	case TBF_MAIN:
		return length == MAIN_LENGTH;
	case TBF_REGIONS:
		return length % REGION_LENGTH == 0;
	case TBF_FIXED_ADDRESSES:
		return length == FIXED_LENGTH;
	case TBF_KERNEL_VERSION:
		return length == KERNEL_LENGTH;
	case TBF_PROGRAM:
		return length == PROGRAM_LENGTH;
	case TBF_SHORT_ID:
		return length == SHORT_ID_LENGTH;
	default:
		return true;
	}
}

/* What was seen of a header's elements so far. */
struct seen {
	size_t count;
	bool program;
	bool rights[TBF_SHORT_ID + 1]; /* by type: those that must not come twice */
};

static const char *read_relocations(struct tbf_header *header, struct view value)
{
	if (header->relocations != NULL) {
		return "it has two relocation tables";
	}
	header->relocations = value.bytes;
	header->relocations_length = value.length;
	return NULL;
}

static const char *check_seen(struct seen *seen, uint16_t type)
{
	seen->count++;
	if (seen->count > ELEMENTS_MAX) {
		return "its header has more than 128 elements";
	}
	if (type != TBF_PERMISSIONS && type != TBF_STORAGE && type != TBF_SHORT_ID) {
		return NULL;
	}
	if (seen->rights[type]) {
		return "an element that decides its rights comes twice";
	}
	seen->rights[type] = true;
	return NULL;
}

static const char *read_element(struct tbf_header *header, uint16_t type, struct view value,
				struct seen *seen)
{
	switch (type) {
	case TBF_MAIN:
		return seen->program ? NULL : read_program(header, value);
	case TBF_PROGRAM:
		seen->program = true;
		return read_program(header, value);
	case TBF_NAME:
		header->name = (const char *)value.bytes;
		header->name_length = value.length;
		return NULL;
	case TBF_FIXED_ADDRESSES:
		return read_fixed_addresses(header, value);
	case TBF_PERMISSIONS:
		return check_permissions(value);
	case TBF_STORAGE:
		return check_storage(value);
	case TBF_SHORT_ID:
		return read_short_id(header, value);
	case TBF_KERNEL_VERSION:
		return read_kernel_version(header, value);
	case TBF_RELOCATIONS:
		return read_relocations(header, value);
	default:
		return NULL;
	}
}

static const char *read_elements(struct tbf_header *header, struct view bytes)
{
	struct seen seen = {0};
	size_t at = TBF_HEADER_BASE_SIZE;

	/* Lengths are multiples of 4, so an element's own header always fits. */
	while (at < bytes.length) {
		uint16_t type = view_u16(bytes, at);
		uint16_t length = view_u16(bytes, at + 2);
		at += ELEMENT_HEADER_SIZE;
		if (align_4(length) > bytes.length - at) {
			return "an element of the header reaches past its end";
		}
		if (!element_has_right_length(type, length)) {
			return "an element of the header has a wrong length";
		}
		const char *wrong = check_seen(&seen, type);
		if (wrong == NULL) {
			wrong = read_element(header, type, view_part(bytes, at, length), &seen);
		}
		if (wrong != NULL) {
			return wrong;
		}
		at += align_4(length);
	}
	return NULL;
}

static const char *read_base(struct tbf_header *header, struct view bytes)
{
	if (bytes.length < TBF_HEADER_BASE_SIZE) {
		return "it is shorter than a header";
	}
	if (view_u16(bytes, 0) != FORMAT_VERSION) {
		return "it does not begin as a TBF of version 2 does";
	}
	header->header_size = view_u16(bytes, 2);
	header->total_size = view_u32(bytes, 4);
	header->flags = view_u32(bytes, 8);
	if (header->header_size < TBF_HEADER_BASE_SIZE || header->header_size % 4 != 0) {
		return "its header's size is not a multiple of 4 from 16 up";
	}
	if (header->header_size > header->total_size || header->header_size > bytes.length) {
		return "its header is longer than the application";
	}
	return NULL;
}

/* The places that Main and Program name are inside, and in order. */
static const char *check_program(const struct tbf_header *header)
{
	uint64_t program = (uint64_t)header->header_size + header->protected_size;
	uint64_t entry = (uint64_t)header->header_size + header->init_offset;

	if (!header->has_program) {
		return NULL;
	}
	if (header->binary_end > header->total_size) {
		return "its program ends behind its end";
	}
	if (program > header->binary_end) {
		return "its protected bytes reach past the program";
	}
	if (entry >= header->binary_end) {
		return "its entry point lies behind the program";
	}
	return NULL;
}

bool tbf_next(const uint8_t *bytes, size_t limit, size_t *at, struct tbf_element *element)
{
	struct view view = {bytes, limit};

	if (*at > limit || limit - *at < ELEMENT_HEADER_SIZE) {
		return false;
	}
	element->type = view_u16(view, *at);
	element->length = view_u16(view, *at + 2);
	element->value = &bytes[*at + ELEMENT_HEADER_SIZE];
	size_t size = ELEMENT_HEADER_SIZE + align_4((uint32_t)element->length);
	if (size > limit - *at) {
		return false;
	}
	*at += size;
	return true;
}

static const char *check_region(const struct tbf_header *header, uint64_t offset, uint64_t size)
{
	uint64_t program = (uint64_t)header->header_size + header->protected_size;

	if (size > 0 && (offset < program || offset + size > header->binary_end)) {
		return "a writeable region lies outside the program";
	}
	return NULL;
}

/* Elements come in any order, so that the regions have to wait for the program. */
static const char *check_regions(const struct tbf_header *header, struct view bytes)
{
	struct tbf_element element;
	size_t at = TBF_HEADER_BASE_SIZE;
	const char *wrong = NULL;

	while (header->has_program && tbf_next(bytes.bytes, bytes.length, &at, &element)) {
		struct view value = {element.value, element.length};
		size_t count = element.type == TBF_REGIONS ? element.length / REGION_LENGTH : 0;
		for (size_t i = 0; i < count && wrong == NULL; i++) {
			wrong = check_region(header, view_u32(value, i * REGION_LENGTH),
					     view_u32(value, i * REGION_LENGTH + 4));
		}
	}
	return wrong;
}

const char *tbf_read(struct tbf_header *header, const uint8_t *bytes, size_t length)
{
	struct view all = {bytes, length};

	*header = (struct tbf_header){.fixed_ram = TBF_NOT_FIXED, .fixed_flash = TBF_NOT_FIXED};
	const char *wrong = read_base(header, all);
	if (wrong != NULL) {
		return wrong;
	}
	struct view whole_header = view_part(all, 0, header->header_size);
	if (checksum(whole_header) != view_u32(whole_header, CHECKSUM_OFFSET)) {
		return "its checksum is wrong";
	}
	wrong = read_elements(header, whole_header);
	if (wrong == NULL) {
		wrong = check_program(header);
	}
	return wrong != NULL ? wrong : check_regions(header, whole_header);
}

uint32_t tbf_claimed_size(const uint8_t *bytes, size_t length)
{
	return length < TBF_HEADER_BASE_SIZE ? 0 : view_u32((struct view){bytes, length}, 4);
}

bool tbf_is_padding(const struct tbf_header *header)
{
	return header->header_size == TBF_HEADER_BASE_SIZE;
}

/* Where the next byte goes; counts only while `bytes` is NULL. */
struct cursor {
	uint8_t *bytes;
	size_t at;
};

static void put_u8(struct cursor *cursor, uint8_t value)
{
	if (cursor->bytes != NULL) {
		cursor->bytes[cursor->at] = value;
	}
	cursor->at++;
}

static void put_u16(struct cursor *cursor, uint16_t value)
{
	put_u8(cursor, value & 0xff);
	put_u8(cursor, value >> 8);
}

static void put_u32(struct cursor *cursor, uint32_t value)
{
	put_u16(cursor, value & 0xffff);
	put_u16(cursor, value >> 16);
}

static void put_u64(struct cursor *cursor, uint64_t value)
{
	put_u32(cursor, value & 0xffffffff);
	put_u32(cursor, value >> 32);
}

static void put_alignment(struct cursor *cursor)
{
	while (cursor->at % 4 != 0) {
		put_u8(cursor, 0);
	}
}

static void put_element(struct cursor *cursor, enum tbf_element_type type, size_t length)
{
	put_u16(cursor, type);
	put_u16(cursor, (uint16_t)length);
}

/* Both elements: older loaders know only Main, newer ones prefer Program. */
static void put_program(struct cursor *cursor, const struct tbf_header *header)
{
	put_element(cursor, TBF_MAIN, MAIN_LENGTH);
	put_u32(cursor, header->init_offset);
	put_u32(cursor, header->protected_size);
	put_u32(cursor, header->minimum_ram);

	put_element(cursor, TBF_PROGRAM, PROGRAM_LENGTH);
	put_u32(cursor, header->init_offset);
	put_u32(cursor, header->protected_size);
	put_u32(cursor, header->minimum_ram);
	put_u32(cursor, header->binary_end);
	put_u32(cursor, header->version);
}

static void put_regions(struct cursor *cursor, const struct tbf_header *header)
{
	/* One element for all: loaders honour only the last element of this type. */
	put_element(cursor, TBF_REGIONS, header->region_count * REGION_LENGTH);
	for (size_t i = 0; i < header->region_count; i++) {
		put_u32(cursor, header->regions[i].offset);
		put_u32(cursor, header->regions[i].size);
	}
}

static void put_name(struct cursor *cursor, const struct tbf_header *header)
{
	put_element(cursor, TBF_NAME, header->name_length);
	for (size_t i = 0; i < header->name_length; i++) {
		put_u8(cursor, (uint8_t)header->name[i]);
	}
	put_alignment(cursor);
}

static void put_fixed_addresses(struct cursor *cursor, const struct tbf_header *header)
{
	put_element(cursor, TBF_FIXED_ADDRESSES, FIXED_LENGTH);
	put_u32(cursor, header->fixed_ram);
	put_u32(cursor, header->fixed_flash);
}

static void put_permissions(struct cursor *cursor, const struct tbf_header *header)
{
	put_element(cursor, TBF_PERMISSIONS, 2 + header->permission_count * PERMISSION_LENGTH);
	put_u16(cursor, (uint16_t)header->permission_count);
	for (size_t i = 0; i < header->permission_count; i++) {
		put_u32(cursor, header->permissions[i].driver);
		put_u32(cursor, header->permissions[i].group);
		put_u64(cursor, header->permissions[i].mask);
	}
	put_alignment(cursor);
}

static void put_ids(struct cursor *cursor, const uint32_t *ids, size_t count)
{
	put_u16(cursor, (uint16_t)count);
	for (size_t i = 0; i < count; i++) {
		put_u32(cursor, ids[i]);
	}
}

static void put_storage(struct cursor *cursor, const struct tbf_storage *storage)
{
	put_element(cursor, TBF_STORAGE, 8 + 4 * (storage->read_count + storage->modify_count));
	put_u32(cursor, storage->write_id);
	put_ids(cursor, storage->read_ids, storage->read_count);
	put_ids(cursor, storage->modify_ids, storage->modify_count);
}

static void put_short_id(struct cursor *cursor, const struct tbf_header *header)
{
	put_element(cursor, TBF_SHORT_ID, SHORT_ID_LENGTH);
	put_u32(cursor, header->short_id);
}

static void put_kernel_version(struct cursor *cursor, const struct tbf_header *header)
{
	put_element(cursor, TBF_KERNEL_VERSION, KERNEL_LENGTH);
	put_u16(cursor, header->kernel_major);
	put_u16(cursor, header->kernel_minor);
}

static void put_relocations(struct cursor *cursor, const struct tbf_header *header)
{
	put_element(cursor, TBF_RELOCATIONS, header->relocations_length);
	for (size_t i = 0; i < header->relocations_length; i++) {
		put_u8(cursor, header->relocations[i]);
	}
	put_alignment(cursor);
}

static void put_elements(struct cursor *cursor, const struct tbf_header *header)
{
	if (header->has_program) {
		put_program(cursor, header);
	}
	if (header->region_count > 0) {
		put_regions(cursor, header);
	}
	if (header->name_length > 0) {
		put_name(cursor, header);
	}
	if (header->fixed_ram != TBF_NOT_FIXED || header->fixed_flash != TBF_NOT_FIXED) {
		put_fixed_addresses(cursor, header);
	}
	if (header->permission_count > 0) {
		put_permissions(cursor, header);
	}
	if (header->storage != NULL) {
		put_storage(cursor, header->storage);
	}
	if (header->short_id != 0) {
		put_short_id(cursor, header);
	}
	if (header->has_kernel_version) {
		put_kernel_version(cursor, header);
	}
	if (header->relocations != NULL) {
		put_relocations(cursor, header);
	}
}

static void put_header(struct cursor *cursor, const struct tbf_header *header)
{
	put_u16(cursor, FORMAT_VERSION);
	put_u16(cursor, (uint16_t)header->header_size);
	put_u32(cursor, header->total_size);
	put_u32(cursor, header->flags);
	put_u32(cursor, 0); /* the checksum, put in last */
	put_elements(cursor, header);
}

size_t tbf_header_measure(const struct tbf_header *header)
{
	struct cursor cursor = {NULL, 0};

	put_header(&cursor, header);
	return cursor.at;
}

void tbf_header_write(const struct tbf_header *header, uint8_t *bytes)
{
	struct cursor cursor = {bytes, 0};

	put_header(&cursor, header);
	assert(cursor.at == header->header_size && cursor.at <= TBF_HEADER_SIZE_MAX);
	uint32_t sum = checksum((struct view){bytes, cursor.at});
	put_u32(&(struct cursor){bytes, CHECKSUM_OFFSET}, sum);
}

uint32_t tbf_checksum(const uint8_t *header, size_t length)
{
	return checksum((struct view){header, length});
}

size_t tbf_credential_write(uint8_t *bytes, enum tbf_credential format, const uint8_t *data,
			    size_t length)
{
	struct cursor cursor = {bytes, 0};

	assert(4 + length <= UINT16_MAX);
	put_element(&cursor, TBF_CREDENTIAL, 4 + length);
	put_u32(&cursor, format);
	for (size_t i = 0; i < length; i++) {
		put_u8(&cursor, data[i]);
	}
	put_alignment(&cursor);
	return cursor.at;
}

/* How long the next footer is when `left` bytes are to be filled. Leaves never less behind it than
 * another footer needs. */
static size_t footer_size(size_t left)
{
	if (left <= FOOTER_SIZE_MAX) {
		return left;
	}
	return left - FOOTER_SIZE_MAX < FOOTER_SIZE_MIN ? FOOTER_SIZE_MAX - FOOTER_SIZE_MIN
							: FOOTER_SIZE_MAX;
}

void tbf_footers_write(uint8_t *bytes, size_t length)
{
	assert(length % 4 == 0);
	memset(bytes, 0, length);
	size_t at = 0;
	while (length - at >= FOOTER_SIZE_MIN) {
		size_t size = footer_size(length - at);
		struct cursor cursor = {bytes, at};
		put_u16(&cursor, TBF_CREDENTIAL);
		put_u16(&cursor, (uint16_t)(size - ELEMENT_HEADER_SIZE));
		put_u32(&cursor, TBF_RESERVED);
		at += size;
	}
}

void tbf_padding_write(uint8_t *bytes, uint32_t total_size)
{
	struct tbf_header padding = {
	    .header_size = TBF_HEADER_BASE_SIZE,
	    .total_size = total_size,
	    .fixed_ram = TBF_NOT_FIXED,
	    .fixed_flash = TBF_NOT_FIXED,
	};

	tbf_header_write(&padding, bytes);
}
