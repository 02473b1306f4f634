#pragma once

#include <kernel/process_info.h>
#include <stdbool.h>
#include <stdint.h>

/* The Tock Binary Format: what the loader must know of an application's header.
 *
 * The bytes come from flash that anybody may have written: nothing in them is believed. All offsets
 * count from the first byte of the header. */
struct tbf {
	uint32_t header_size;
	uint32_t total_size;
	bool is_enabled;
	uint32_t app_offset;   /* end of header and protected part */
	uint32_t entry_offset; /* first instruction */
	uint32_t minimum_ram;  /* bytes */
	uint32_t fixed_ram;    /* address, or TBF_NOT_FIXED */
	uint32_t fixed_flash;  /* address of app_offset, or TBF_NOT_FIXED */
	bool has_kernel_version;
	uint16_t kernel_major;
	uint16_t kernel_minor;
	uint16_t name_offset; /* with length 0: no name */
	uint16_t name_length;
	uint16_t regions_offset; /* writeable flash regions: pairs of u32, offset and size */
	uint16_t regions_count;
};

#define TBF_NOT_FIXED 0xffffffffu

enum {
	TBF_VERSION = 2,
	TBF_LENGTHS_BYTES = 8, /* version, header size, total size */
	TBF_HEADER_BYTES = 16, /* a header of exactly this size is padding */
	TBF_REGION_BYTES = 8,
};

/* Little-endian values at any offset; the caller knows that they are inside. */
uint16_t tbf_u16(const uint8_t *bytes, uint32_t offset);
uint32_t tbf_u32(const uint8_t *bytes, uint32_t offset);

/* The first eight bytes, enough to walk the list. Fills header_size and total_size. False: there is
 * no entry here (another version, or erased flash). */
bool tbf_read_lengths(const uint8_t *bytes, struct tbf *tbf);

/* The whole header. `bytes` holds at least total_size bytes, and header_size <= total_size. Answers
 * LOAD_STARTED when all is well, or what is wrong; the name is filled in whenever it was found. */
enum load_outcome tbf_parse(const uint8_t *bytes, struct tbf *tbf);
