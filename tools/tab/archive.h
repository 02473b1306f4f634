#pragma once

#include <tools/tab/metadata.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Tock application bundles: an application's files for several processors, and what it says of itself,
 * in an uncompressed tar archive. Members are
 *
 *   metadata.toml                      see metadata.h
 *   PROCESSOR.tbf                      the application for that processor
 *   PROCESSOR.0xFLASH.0xRAM.tbf        linked for these addresses; there may be several
 *   anything else                      skipped
 *
 *   B1  archive_open() accepts any bytes whatever, reads none outside of them and takes an archive
 *       only if it is whole, to the block of zeros that ends it. The tar format is libarchive's
 *       business.
 *   B2  Names have no folders in them and come once. Members are ordinary files.
 *   B3  An archive that was accepted has metadata and at least one application. Whether the
 *       applications are right has not been looked at. */

#define ARCHIVE_MEMBERS_MAX     64
#define ARCHIVE_NAME_MAX        99 /* bytes, as in the oldest tar format */
#define ARCHIVE_MEMBER_SIZE_MAX (64u * 1024 * 1024)

struct archive_member {
	char name[ARCHIVE_NAME_MAX + 1];
	uint8_t *bytes;
	size_t length;
};

struct bundle {
	struct metadata metadata;
	struct archive_member members[ARCHIVE_MEMBERS_MAX]; /* the applications, as they come */
	size_t count;
	char wrong[256];
};

/* Whether this looks like a tar archive, right or wrong. */
bool archive_is(const uint8_t *bytes, size_t length);

/* Returns NULL, or what is wrong as the end of a sentence, with `bundle` then of no use. What it returns
 * lies in `bundle`. archive_close() is due in either case. */
const char *archive_open(struct bundle *bundle, const uint8_t *bytes, size_t length);

void archive_close(struct bundle *bundle);

/* The archive's bytes, which the caller frees; NULL: no memory. The same input gives the same bytes. */
uint8_t *archive_write(const struct bundle *bundle, size_t *length);

/* The length of the processor's name, with which the member's begins. */
size_t archive_processor_length(const struct archive_member *member);
