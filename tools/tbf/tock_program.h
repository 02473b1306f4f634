#pragma once

#include <tools/tbf/program.h>

/* Programs as libtock-c links them for elf2tab, told by what they lack: a symbol `_flash_start`.
 *
 *   L1  The program begins with its lowest executable segment. If that is at 0x80000000, it is position
 *       independent: it runs at any address, and corrects its own pointers when it starts, by the
 *       relocations of its writable sections, which lie behind it (L3). Then its RAM begins at 0,
 *       whatever that will be.
 *   L2  Any other runs only where it was linked. `_sram_origin` is where its RAM begins.
 *   L3  Behind the program come a word with their length in bytes and the relocations, as in the ELF file.
 *       If it begins with a section `.crt0_header`, the ninth word of that says so, too.
 *   L4  The header area before the program is `tbf_protected_region_size` bytes if there is such a
 *       symbol. Else the header alone, or for a fixed address, what is between it and the multiple
 *       of 256 below.
 *   L5  Sections with `.wfr` in their names are flash that it may rewrite. */

#define TOCK_PROGRAM_STACK       2048u /* bytes: what elf2tab reserves if nothing says how much */
#define TOCK_PROGRAM_APP_HEAP    1024u
#define TOCK_PROGRAM_KERNEL_HEAP 1024u

struct tock_program {
	bool is_position_independent;
	uint32_t flash_start;
	uint32_t ram_start;
	uint32_t stack;          /* bytes; of the section `.stack`, or TOCK_PROGRAM_STACK */
	uint32_t protected_size; /* L4; 0: not given */
	uint32_t
	    segments_ram; /* bytes: what elf2tab takes for the program's RAM without its stack */
};

/* Whether it is one. */
bool tock_program_is(const struct program *program);

/* Refuses what is not as above. */
void tock_program_read(struct tock_program *tock, const struct program *program);

/* What L3 puts behind the program, which ends at `end`. Returns bytes that the caller frees. */
uint8_t *tock_program_relocations(const struct program *program, uint64_t end, size_t *length);

/* L5: whether it is flash that the program may rewrite. */
bool tock_program_is_writeable(const struct program_section *section);
