#pragma once

#include <tools/tbf/format.h>
#include <tools/tbf/relocation.h>

/* From an application that runs at any address to one that runs at the address it is given.
 *
 *   Q1  What comes out is what the same program, linked for these addresses, would have been packed
 *       to: the relocation table is applied and no longer there, the header tells the addresses.
 *   Q2  The program follows the header, at the next address that its alignment allows, or as far
 *       from the header's start as asked for.
 *   Q3  A SHA-256 credential is checked before, and computed anew after. Other credentials vouch for
 *       bytes that change, so an application with one is refused. Room for credentials stays.
 *   Q4  Whatever is wrong with the application is found by placement_read(); what it accepted can be
 *       placed anywhere the alignments allow. */

struct placement {
	const uint8_t *bytes; /* borrowed: the application as it was packed */
	struct tbf_header header;
	struct relocation_table table;
	uint64_t program_offset; /* in `bytes` */
	uint64_t program_length;

	/* Of the application once it is placed, all in bytes. */
	uint64_t header_size;
	uint64_t new_offset; /* Q2 */
	uint64_t footers;    /* least room for credentials */
	uint64_t size;       /* least size, a multiple of 4 */
	bool sha_256;
};

/* Reads an application of `length` bytes that has a relocation table. `area` is the least distance
 * from header to program; 0: no matter. Returns NULL, or what is wrong as the end of a sentence. */
const char *placement_read(struct placement *placement, const uint8_t *bytes, size_t length,
			   uint64_t area);

/* What makes it impossible to put its header at `flash` and its RAM at `ram`; NULL: nothing. */
const char *placement_check(const struct placement *placement, uint64_t flash, uint64_t ram);

/* Writes the application to `bytes`, `size` of them, which is a multiple of 4 and at least
 * `placement->size`. placement_check() has been passed. */
void placement_write(const struct placement *placement, uint32_t flash, uint32_t ram,
		     uint8_t *bytes, uint64_t size);
