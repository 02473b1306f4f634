/* The header is written anew, element by element; whatever it does not say about places is copied.
 *
 * Invariant: `bytes` was accepted by tbf_read(), so that elements and offsets are inside. */

#include <tools/tbf/digest.h>
#include <tools/tbf/place.h>

#include <assert.h>
#include <string.h>

#define ELEMENT_HEADER  4u
#define PROGRAM_MAX     (16u * 1024 * 1024)
#define FOOTERS_MAX     (16u * 1024 * 1024)
#define CHECKSUM_OFFSET 12

static uint64_t align_up(uint64_t value, uint64_t alignment)
{
	return (value + alignment - 1) / alignment * alignment;
}

static void put_u32(uint8_t *bytes, uint64_t value)
{
	for (int i = 0; i < 4; i++) {
		bytes[i] = (uint8_t)(value >> (8 * i));
	}
}

static uint32_t u32_at(const uint8_t *bytes)
{
	return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
	       (uint32_t)bytes[3] << 24;
}

/* --- Reading --- */

static const char *read_sha_256(struct placement *placement, const struct tbf_element *footer)
{
	uint8_t digest[TBF_SHA_256_SIZE];

	digest_sha_256(placement->bytes, placement->header.binary_end, digest);
	if (footer->length != 4 + sizeof(digest) ||
	    memcmp(digest, &footer->value[4], sizeof(digest)) != 0) {
		return "it is damaged: its SHA-256 credential does not match";
	}
	if (placement->sha_256) {
		return "it has two SHA-256 credentials";
	}
	placement->sha_256 = true;
	return NULL;
}

/* Q3 */
static const char *read_footers(struct placement *placement)
{
	const struct tbf_header *header = &placement->header;
	struct tbf_element footer;
	size_t at = header->binary_end;

	while (tbf_next(placement->bytes, header->total_size, &at, &footer) &&
	       footer.type == TBF_CREDENTIAL && footer.length >= 4) {
		const char *wrong = NULL;
		uint32_t format = u32_at(footer.value);
		if (format == TBF_SHA_256) {
			wrong = read_sha_256(placement, &footer);
		} else if (format != TBF_RESERVED) {
			wrong = "it has a credential for the bytes it has before it is placed; "
				"place it, then sign it";
		}
		if (wrong != NULL) {
			return wrong;
		}
	}
	placement->footers = align_up(header->total_size - header->binary_end, 4);
	return placement->footers <= FOOTERS_MAX ? NULL : "its footers are too large";
}

static const char *check_table(const struct placement *placement)
{
	const struct tbf_header *header = &placement->header;
	const struct relocation_table *table = &placement->table;

	if (header->fixed_flash != table->flash || header->fixed_ram != table->ram) {
		return "its header and its relocation table disagree about where it was linked";
	}
	return relocation_check(table, &placement->bytes[placement->program_offset],
				placement->program_length, table->flash, table->ram);
}

static const char *read_program(struct placement *placement, uint64_t area)
{
	const struct tbf_header *header = &placement->header;
	uint64_t entry = (uint64_t)header->header_size + header->init_offset;

	placement->program_offset = (uint64_t)header->header_size + header->protected_size;
	placement->program_length = header->binary_end - placement->program_offset;
	placement->header_size =
	    header->header_size - ELEMENT_HEADER - align_up(header->relocations_length, 4);
	if (placement->program_length > PROGRAM_MAX || placement->program_length % 4 != 0) {
		return "its program's size is not a multiple of 4 up to 16 MiB";
	}
	if (entry < placement->program_offset) {
		return "its entry point lies before the program";
	}
	placement->new_offset = align_up(placement->header_size, placement->table.flash_alignment);
	if (area > placement->new_offset) {
		placement->new_offset = area;
	}
	placement->size = placement->new_offset + placement->program_length + placement->footers;
	return NULL;
}

const char *placement_read(struct placement *placement, const uint8_t *bytes, size_t length,
			   uint64_t area)
{
	*placement = (struct placement){.bytes = bytes};
	const struct tbf_header *header = &placement->header;
	const char *wrong = tbf_read(&placement->header, bytes, length);

	if (wrong == NULL && length != header->total_size) {
		wrong = "it is not as long as its header says";
	}
	if (wrong == NULL && (!header->has_program || header->relocations == NULL)) {
		wrong =
		    "it has no relocation table; link it with --emit-relocs, or for the address";
	}
	if (wrong == NULL) {
		wrong = relocation_read(&placement->table, header->relocations,
					header->relocations_length);
	}
	if (wrong == NULL) {
		wrong = read_footers(placement);
	}
	if (wrong == NULL) {
		wrong = read_program(placement, area);
	}
	return wrong != NULL ? wrong : check_table(placement);
}

const char *placement_check(const struct placement *placement, uint64_t flash, uint64_t ram)
{
	uint64_t program = flash + placement->new_offset;

	if (program + placement->program_length + placement->footers > UINT32_MAX ||
	    ram > UINT32_MAX || flash % 4 != 0) {
		return "it does not fit there";
	}
	return relocation_check(&placement->table, &placement->bytes[placement->program_offset],
				placement->program_length, (uint32_t)program, (uint32_t)ram);
}

/* --- Writing --- */

/* Main and Program begin alike; Program goes on. */
static void move_program_element(const struct placement *placement, uint16_t type, uint8_t *value)
{
	const struct tbf_header *header = &placement->header;
	uint64_t entry = header->header_size + (uint64_t)header->init_offset;
	uint64_t new_entry = entry - placement->program_offset + placement->new_offset;

	put_u32(&value[0], new_entry - placement->header_size);
	put_u32(&value[4], placement->new_offset - placement->header_size);
	if (type == TBF_PROGRAM) {
		put_u32(&value[12], placement->new_offset + placement->program_length);
	}
}

/* A region of no bytes may lie anywhere, and stays there. */
static void move_regions(const struct placement *placement, uint8_t *value, size_t length)
{
	for (size_t at = 0; at + 8 <= length; at += 8) {
		if (u32_at(&value[at + 4]) > 0) {
			put_u32(&value[at], u32_at(&value[at]) - placement->program_offset +
						placement->new_offset);
		}
	}
}

static void move_element(const struct placement *placement, const struct tbf_element *element,
			 uint32_t program, uint32_t ram, uint8_t *value)
{
	switch (element->type) {
	case TBF_MAIN:
	case TBF_PROGRAM:
		move_program_element(placement, element->type, value);
		return;
	case TBF_REGIONS:
		move_regions(placement, value, element->length);
		return;
	case TBF_FIXED_ADDRESSES:
		put_u32(&value[0], ram);
		put_u32(&value[4], program);
		return;
	default:
		return;
	}
}

static void write_header(const struct placement *placement, uint32_t program, uint32_t ram,
			 uint8_t *bytes, uint64_t size)
{
	struct tbf_element element;
	size_t at = TBF_HEADER_BASE_SIZE;
	size_t to = TBF_HEADER_BASE_SIZE;
	size_t before = at;

	memcpy(bytes, placement->bytes, TBF_HEADER_BASE_SIZE);
	while (tbf_next(placement->bytes, placement->header.header_size, &at, &element)) {
		size_t length = at - before;
		if (element.type != TBF_RELOCATIONS) {
			memcpy(&bytes[to], &placement->bytes[before], length);
			move_element(placement, &element, program, ram,
				     &bytes[to + ELEMENT_HEADER]);
			to += length;
		}
		before = at;
	}
	assert(to == placement->header_size);
	bytes[2] = (uint8_t)to;
	bytes[3] = (uint8_t)(to >> 8);
	put_u32(&bytes[4], size);
	put_u32(&bytes[CHECKSUM_OFFSET], 0);
	put_u32(&bytes[CHECKSUM_OFFSET], tbf_checksum(bytes, to));
}

void placement_write(const struct placement *placement, uint32_t flash, uint32_t ram,
		     uint8_t *bytes, uint64_t size)
{
	uint64_t end = placement->new_offset + placement->program_length;
	uint32_t program = flash + (uint32_t)placement->new_offset;
	uint8_t digest[TBF_SHA_256_SIZE];

	assert(size >= placement->size && size % 4 == 0);
	memset(bytes, 0, size);
	write_header(placement, program, ram, bytes, size);
	memcpy(&bytes[placement->new_offset], &placement->bytes[placement->program_offset],
	       placement->program_length);
	relocation_apply(&placement->table, &bytes[placement->new_offset], program, ram);
	if (placement->sha_256) {
		digest_sha_256(bytes, end, digest);
		end += tbf_credential_write(&bytes[end], TBF_SHA_256, digest, sizeof(digest));
	}
	tbf_footers_write(&bytes[end], size - end);
}
