#pragma once

#include <stdbool.h>
#include <stddef.h>

/* What an archive says of itself, in its member metadata.toml: as much of TOML as elf2tab writes, and
 * what people add by hand. (Debian has no TOML library for C.)
 *
 *   N1  Lines `key = value`, with a string, a number or a date; comments; empty lines. Keys that are
 *       not known are skipped, and so are tables.
 *   N2  metadata_read() accepts any bytes whatever and reads none outside of them. */

#define METADATA_TEXT_MAX 255 /* bytes of one value, the zero at its end not counted */
#define METADATA_SIZE_MAX (64u * 1024)

/* All are strings that end with a zero; "" for what is not there. */
struct metadata {
	char name[METADATA_TEXT_MAX + 1];
	char only_for_boards[METADATA_TEXT_MAX + 1]; /* board names with commas between; "": any */
	char kernel_version[METADATA_TEXT_MAX + 1];  /* the oldest that will do: "2.0" */
	char build_date[METADATA_TEXT_MAX + 1];
};

/* Returns NULL, or what is wrong as the end of a sentence. */
const char *metadata_read(struct metadata *metadata, const char *text, size_t length);

/* Writes what metadata_read() reads back equal, provided that no value has control characters in it.
 * Returns the text, which the caller frees; NULL: no memory. */
char *metadata_write(const struct metadata *metadata, size_t *length);

/* Whether the application says that it is for this board. */
bool metadata_allows_board(const struct metadata *metadata, const char *board);
