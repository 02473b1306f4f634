#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Writes application images (TBF) byte by byte, right ones and, on request, wrong ones. It shares no
 * code with the kernel's parser or the packer. */

enum {
	IMAGE_HEADER_BASE = 16,
	IMAGE_NOT_FIXED = -1,
};

struct image_permission {
	uint32_t driver;
	uint32_t group;
	uint64_t mask;
};

/* Fields of value 0 mean what the comment says. */
struct image {
	const char *name;        /* NULL: no PackageName element */
	uint32_t total_size;     /* bytes; 0: 0x1000 */
	uint32_t minimum_ram;    /* bytes */
	uint32_t protected_size; /* bytes */
	uint32_t init_offset;    /* from the end of the header; 0: protected_size */
	int64_t fixed_ram;       /* address; 0 or IMAGE_NOT_FIXED: not fixed */
	int64_t fixed_flash;     /* likewise */
	uint32_t kernel_version; /* major << 16 | minor; 0: 2.0 */
	bool disabled;
	bool no_kernel_version;
	bool no_program;        /* neither Main nor Program */
	bool main_too;          /* a Main element with other values beside Program */
	bool main_only;         /* Main instead of Program */
	uint32_t binary_end;    /* 0: total_size */
	uint32_t version;       /* of the Program element */
	uint32_t short_id;      /* 0: no ShortId element */
	uint32_t region_count;  /* writeable flash regions, at most 4: */
	uint32_t regions[4][2]; /* offset and size */
	const struct image_permission *permissions; /* NULL: no Permissions element */
	uint32_t permission_count;
	bool has_storage; /* a StoragePermissions element: */
	uint32_t storage_write;
	uint32_t storage_read_count, storage_modify_count;
	const uint32_t *storage_ids; /* those to read, then those to modify */
	/* One more element, raw: `extra_length` is what it claims, `extra_bytes` what is there. */
	bool has_extra;
	uint16_t extra_type;
	uint16_t extra_length;
	uint16_t extra_bytes;
	uint32_t wrong_checksum; /* exclusive-ored into the right one */
};

/* Writes the image at `at`, which has room for its total size. Returns that size. */
uint32_t image_write(uint8_t *at, const struct image *image);

/* Writes a credential into the space behind the program, at `offset` from the header: `length` bytes
 * of data, each of them `fill`. Returns the offset behind it. */
uint32_t image_write_credential(uint8_t *at, uint32_t offset, uint32_t format, uint32_t length,
				uint8_t fill);

/* A header without a program. Returns `total_size`. */
uint32_t image_write_padding(uint8_t *at, uint32_t total_size);

/* Makes the checksum of a header of `header_size` bytes right. */
void image_seal(uint8_t *at, uint32_t header_size);

/* The size of the header that image_write() makes. */
uint32_t image_header_size(const struct image *image);

void image_put_u16(uint8_t *at, uint32_t value);
void image_put_u32(uint8_t *at, uint32_t value);
uint32_t image_u16(const uint8_t *at);
uint32_t image_u32(const uint8_t *at);
