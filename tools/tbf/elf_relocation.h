#pragma once

#include <tools/tbf/program.h>
#include <tools/tbf/relocation.h>

/* From the relocations that the linker kept in an ELF program (--emit-relocs) to the table that goes
 * into an application.
 *
 *   E1  What moves with flash and what with RAM is told by the section a symbol lies in. One that lies
 *       in none is an address if it lies in one of the two memories; to tell it from a number, a program that
 *       needs one must be linked for addresses from ELF_RELOCATION_ADDRESS_MIN up.
 *   E2  A relocation that the table cannot express, or that is not understood, is refused; none is
 *       left out. One that needs no correction, within one of the memories, is no entry.
 *   E3  Instructions that do not hold what their relocation says are refused. */

#define ELF_RELOCATION_ADDRESS_MIN 0x100000u

/* The memories of a program, as pack.h finds them. Bytes of it that are loaded begin at
 * `flash_start`. */
struct elf_memories {
	uint64_t flash_start;
	uint64_t flash_end; /* of what is loaded */
	uint64_t ram_start;
};

/* Whether the linker kept relocations of what is loaded. */
bool elf_relocation_exists(const struct program *program);

/* Returns the value of the element, which the caller frees, or refuses. */
uint8_t *elf_relocation_table(const struct program *program, const struct elf_memories *memories,
			      size_t *length);
