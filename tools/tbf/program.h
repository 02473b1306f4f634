#pragma once

#include <tools/tbf/file.h>

#include <libelf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A linked program for one of our processors, out of an ELF file.
 *
 *   P1  program_open() and program_parse() refuse what is not a statically linked 32-bit little-endian executable for
 *       ARM or RISC-V with something to load, and says what it is instead.
 *   P2  Each segment's bytes lie in the file, neither of its two ranges of addresses wraps around,
 *       and it has no more bytes in the file than in memory.
 *   P3  What the linker may put at the start of the first segment, the ELF file's own headers, is
 *       still part of it: `holds_elf_headers`. */

#define PROGRAM_SEGMENTS_MAX 32

/* One range of memory to be loaded. */
struct segment {
	uint32_t load_address; /* where its bytes lie in flash */
	uint32_t run_address;  /* where the program finds it */
	uint32_t file_offset;
	uint32_t file_size;   /* bytes to load; 0 for memory that only starts as zeros */
	uint32_t memory_size; /* bytes, at least `file_size` */
	bool is_executable;
	bool is_writable;
	bool holds_elf_headers;
};

/* A section that is part of the program in memory. */
struct program_section {
	const char *name;
	uint32_t run_address;
	uint32_t size; /* bytes */
	bool is_writable;
};

struct program {
	struct file file;
	Elf *elf;
	bool is_arm;    /* else RISC-V */
	uint32_t entry; /* without ARM's Thumb bit; 0 for none, or a kernel that begins at 0 */
	struct segment segments[PROGRAM_SEGMENTS_MAX];
	size_t segment_count;
};

void program_open(struct program *program, const char *path);

/* The same for a file in memory: `file` becomes the program's. */
void program_parse(struct program *program, struct file file);

void program_close(struct program *program);

/* False when the program has no such symbol. */
bool program_symbol(const struct program *program, const char *name, uint32_t *value);

/* Goes through the sections that have bytes in memory; `*at` begins as 0. False when there are no more. */
bool program_next_section(const struct program *program, size_t *at,
			  struct program_section *section);

/* The section with this name, in memory or not. False when there is none. */
bool program_find_section(const struct program *program, const char *name, uint32_t *address,
			  uint32_t *size);

/* The contents of the section with this name, in the file. NULL when there are none. */
const uint8_t *program_section_bytes(const struct program *program, const char *name,
				     size_t *length);

/* How many symbols have `part` in their names. */
size_t program_count_symbols(const struct program *program, const char *part);

/* The 32-bit number that the program finds at `address`. False when nothing is loaded there. */
bool program_word(const struct program *program, uint32_t address, uint32_t *value);
