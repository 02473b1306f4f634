#pragma once

#include <kernel/process_info.h>
#include <stdbool.h>
#include <stdint.h>

/* The Tock Binary Format: what the loader must know of an application's header and footers.
 *
 * The bytes come from flash that anybody may have written: nothing in them is believed. All offsets
 * count from the first byte of the header.
 *
 *     header | protected | program                | footers
 *     0      header_size   app_offset               binary_end  total_size
 *
 * Once loaded a header stays as it is: nobody writes the flash of a process outside the regions that
 * its header lists, and these lie behind it. */
struct tbf {
	uint32_t header_size;
	uint32_t total_size;
	uint32_t binary_end; /* what credentials vouch for ends here; then come footers */
	bool is_enabled;
	uint32_t app_offset;  /* end of header and protected part */
	uint32_t minimum_ram; /* bytes */
	uint32_t version;     /* of the application; 0 when it does not say */
	uint32_t short_id;    /* 0: none */
	uint32_t fixed_ram;   /* address, or TBF_NOT_FIXED */
	uint32_t fixed_flash; /* address of app_offset, or TBF_NOT_FIXED */
	bool has_kernel_version;
	uint16_t kernel_major;
	uint16_t kernel_minor;
	/* Where an element's value begins; 0: there is none. */
	uint16_t program; /* Program, or Main where there is none */
	uint16_t name;
	uint16_t permissions;
	uint16_t storage;
};

#define TBF_NOT_FIXED 0xffffffffu

enum {
	TBF_VERSION = 2,
	TBF_LENGTHS_BYTES = 8, /* version, header size, total size */
	TBF_HEADER_BYTES = 16, /* a header of exactly this size is padding */

	/* What the format leaves open; so that looking something up takes a bounded time. */
	TBF_ELEMENTS_MAX = 128,    /* of a header */
	TBF_PERMISSIONS_MAX = 128, /* entries */
	TBF_STORAGE_IDS_MAX = 8,   /* in either list */
};

enum tbf_element {
	TBF_MAIN = 1,
	TBF_WRITEABLE_REGIONS = 2,
	TBF_PACKAGE_NAME = 3,
	TBF_FIXED_ADDRESSES = 5,
	TBF_PERMISSIONS = 6,
	TBF_STORAGE_PERMISSIONS = 7,
	TBF_KERNEL_VERSION = 8,
	TBF_PROGRAM = 9,
	TBF_SHORT_ID = 10,
};

/* Little-endian values at any offset; the caller knows that they are inside. */
uint16_t tbf_u16(const uint8_t *bytes, uint32_t offset);
uint32_t tbf_u32(const uint8_t *bytes, uint32_t offset);

/* The first eight bytes, enough to walk the list. Sets header_size and total_size and clears all
 * else. False: there is no entry here (another version, or erased flash). */
bool tbf_read_lengths(const uint8_t *bytes, struct tbf *tbf);

/* The whole header. `bytes` holds at least total_size bytes, and header_size <= total_size. Answers
 * LOAD_STARTED when all is well, or what is wrong; the name is filled in whenever it was found. */
enum load_outcome tbf_parse(const uint8_t *bytes, struct tbf *tbf);

/* --- For headers that tbf_parse() found well --- */

/* The value that begins at this offset; empty for offset 0. */
struct read_span tbf_value(const uint8_t *bytes, uint16_t value);

/* The first instruction: its offset. `program` is what tbf_parse() found. */
uint32_t tbf_entry(const uint8_t *bytes, uint16_t program);

/* Where the value of the last element of this type begins; 0: there is none. */
uint16_t tbf_find(const uint8_t *bytes, enum tbf_element type);

/* Its ShortId; 0: it has none. */
uint32_t tbf_short_id(const uint8_t *bytes);

/* Flash that the application declares as written at run time. */
struct tbf_region {
	uint32_t offset;
	uint32_t size;
};

/* The regions of all WriteableFlashRegions elements, in order. */
uint32_t tbf_region_count(const uint8_t *bytes);
bool tbf_region(const uint8_t *bytes, uint32_t index, struct tbf_region *region);

/* A credential: a footer that says why the application can be trusted. */
struct tbf_credential {
	uint32_t format;
	uint32_t data; /* offset */
	uint32_t length;
};

/* The credential at `*offset`, which begins as binary_end and moves on to the next one. False: there
 * are no more. */
bool tbf_credential(const uint8_t *bytes, const struct tbf *tbf, uint32_t *offset,
		    struct tbf_credential *credential);
