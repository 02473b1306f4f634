#pragma once

#include <tools/tbf/file.h>

#include <libelf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A linked program for one of our processors, out of an ELF file.
 *
 *   P1  program_open() refuses what is not a statically linked 32-bit little-endian executable for
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
	bool holds_elf_headers;
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

void program_close(struct program *program);

/* False when the program has no such symbol. */
bool program_symbol(const struct program *program, const char *name, uint32_t *value);

/* How many symbols have `part` in their names. */
size_t program_count_symbols(const struct program *program, const char *part);

/* The 32-bit number that the program finds at `address`. False when nothing is loaded there. */
bool program_word(const struct program *program, uint32_t address, uint32_t *value);
