#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The Tock Binary Format, read and written.
 *
 * In flash, from low to high addresses:
 *
 *   header     `header_size` bytes: 16 fixed ones, then type-length-value elements
 *   protected  `protected_size` bytes the program must not use
 *   program    up to `binary_end`
 *   footers    up to `total_size`
 *
 *   T1  All numbers are little-endian. Offsets in this interface count from the header's first
 *       byte, except `init_offset`, which counts from the header's end.
 *   T2  tbf_read() accepts any bytes whatever, reads none outside of them, and accepts a header
 *       only if the header itself is whole and right and every place it names lies inside the
 *       application.
 *   T3  What tbf_header_write() wrote, tbf_read() reads back equal. */

#define TBF_HEADER_BASE_SIZE 16
#define TBF_HEADER_SIZE_MAX  65532
#define TBF_FLAG_ENABLED     1u
#define TBF_NOT_FIXED        UINT32_MAX
#define TBF_STORAGE_IDS_MAX  8
#define TBF_SHA_256_SIZE     32 /* bytes of the data */

enum tbf_element_type {
	TBF_MAIN = 1,
	TBF_REGIONS = 2,
	TBF_NAME = 3,
	TBF_FIXED_ADDRESSES = 5,
	TBF_PERMISSIONS = 6,
	TBF_STORAGE = 7,
	TBF_KERNEL_VERSION = 8,
	TBF_PROGRAM = 9,
	TBF_SHORT_ID = 10,
	TBF_RELOCATIONS = 0xd701, /* Detent's own (docs/relocation.md); other loaders skip it */
	TBF_CREDENTIAL = 128,     /* in the footers */
};

/* Formats of credentials. */
enum tbf_credential {
	TBF_RESERVED = 0,
	TBF_RSA_3072 = 1,
	TBF_RSA_4096 = 2,
	TBF_SHA_256 = 3,
	TBF_SHA_384 = 4,
	TBF_SHA_512 = 5,
	TBF_P_256 = 6,
};

/* Allows commands [64 * group, 64 * group + 64) of a driver, one bit of `mask` for each. */
struct tbf_permission {
	uint32_t driver;
	uint32_t group;
	uint64_t mask;
};

/* Flash the application may rewrite. Bytes. */
struct tbf_region {
	uint32_t offset;
	uint32_t size;
};

/* Whose stored data it may reach; ids are ShortIds. */
struct tbf_storage {
	uint32_t write_id; /* not 0: it may store data of its own */
	uint32_t read_ids[TBF_STORAGE_IDS_MAX];
	size_t read_count;
	uint32_t modify_ids[TBF_STORAGE_IDS_MAX];
	size_t modify_count;
};

/* Everything about an application that its header says. */
struct tbf_header {
	uint32_t header_size; /* bytes */
	uint32_t total_size;  /* bytes */
	uint32_t flags;

	/* Without a program it is padding, or at least nothing that runs, and the next five say
	 * nothing. */
	bool has_program;
	uint32_t init_offset; /* T1 */
	uint32_t protected_size;
	uint32_t minimum_ram; /* bytes */
	uint32_t binary_end;  /* offset; `total_size` when there can be no footers */
	uint32_t version;

	uint32_t short_id; /* 0 for none */

	/* Addresses it was linked for, TBF_NOT_FIXED for none. Flash is where the program begins,
	 * behind header and protected bytes. */
	uint32_t fixed_ram;
	uint32_t fixed_flash;

	bool has_kernel_version;
	uint16_t kernel_major;
	uint16_t kernel_minor;

	/* Borrowed; not terminated; NULL and 0 for none. After tbf_read() it lies in its bytes. */
	const char *name;
	size_t name_length;

	/* Borrowed. For writing only: tbf_read() checks these elements and keeps nothing. A list
	 * of permissions means that everything else is forbidden; none, that all is allowed. */
	const struct tbf_permission *permissions;
	size_t permission_count;
	const struct tbf_region *regions;
	size_t region_count;
	const struct tbf_storage *storage; /* NULL for none */

	/* Borrowed. The value of the relocation table, for relocation_read(); NULL for none. With
	 * one, the application runs at any address, once it has been placed there (place.h). */
	const uint8_t *relocations;
	size_t relocations_length;
};

/* Reads the header at the start of `bytes`, which holds the first `length` bytes of an
 * application; fewer than its total size will do if the header is there. Returns NULL, or what is
 * wrong with it as the end of a sentence, with `header` then of no use. */
const char *tbf_read(struct tbf_header *header, const uint8_t *bytes, size_t length);

/* The header's `total_size`, right or wrong; 0 when there are too few bytes to tell. */
uint32_t tbf_claimed_size(const uint8_t *bytes, size_t length);

/* True if it is nothing but a header that bridges a gap. */
bool tbf_is_padding(const struct tbf_header *header);

/* One element of a header that tbf_read() accepted, or one of its footers, which look alike. */
struct tbf_element {
	uint16_t type;
	const uint8_t *value; /* borrowed */
	size_t length;        /* bytes */
};

/* Goes through the elements: `*at` begins as TBF_HEADER_BASE_SIZE, and as `binary_end` for footers;
 * `limit` is where they end, and no more than there are bytes. False when there are no more. */
bool tbf_next(const uint8_t *bytes, size_t limit, size_t *at, struct tbf_element *element);

/* How many bytes tbf_header_write() would write; more than TBF_HEADER_SIZE_MAX means that it cannot
 * be written. */
size_t tbf_header_measure(const struct tbf_header *header);

/* Writes all of `header` to `bytes`, with its checksum. `header->header_size` must be what
 * tbf_header_measure() says and `bytes` must hold as many. */
void tbf_header_write(const struct tbf_header *header, uint8_t *bytes);

/* The checksum of a header of `length` bytes, a multiple of 4: all words but the checksum's own. */
uint32_t tbf_checksum(const uint8_t *header, size_t length);

/* Writes a credential of `length` bytes of data; returns how many bytes it takes. Only counts while
 * `bytes` is NULL. */
size_t tbf_credential_write(uint8_t *bytes, enum tbf_credential format, const uint8_t *data,
			    size_t length);

/* Fills the `length` bytes behind a program (a multiple of 4) with footers that stand for nothing,
 * where credentials can be put later. 4 bytes, too few for a footer, become zeros. */
void tbf_footers_write(uint8_t *bytes, size_t length);

/* Writes the TBF_HEADER_BASE_SIZE bytes of an application that bridges `total_size` bytes of flash
 * and runs nothing. */
void tbf_padding_write(uint8_t *bytes, uint32_t total_size);
