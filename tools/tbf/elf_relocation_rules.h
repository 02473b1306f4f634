#pragma once

#include <tools/tbf/elf_relocation.h>

/* Between elf_relocation.c, which collects, and the rules of each processor, which judge. */

enum elf_memory {
	ELF_MEMORY_NONE, /* a number, which does not move */
	ELF_MEMORY_FLASH,
	ELF_MEMORY_RAM,
};

struct elf_relocation {
	uint32_t address; /* where the program finds the place */
	uint32_t type;
	int32_t addend; /* 0 where the place itself holds it */
	enum elf_memory site_memory;

	const char *name; /* of the symbol; "" for none */
	size_t symbol_index;
	uint32_t symbol; /* its value */
	enum elf_memory memory;
	bool is_thread_local;
};

struct elf_collection {
	const struct program *program;
	const struct elf_memories *memories;
	struct elf_relocation *relocations; /* by address */
	size_t count;
	struct relocation *sites;
	size_t site_count;
};

enum elf_memory elf_memory_of(const struct elf_collection *collection, uint64_t address);

/* The four bytes there; 0 when nothing is loaded there. */
uint32_t elf_code_at(const struct elf_collection *collection, uint64_t address);

__attribute__((noreturn)) void elf_refuse_relocation(const struct elf_collection *collection,
						     const struct elf_relocation *relocation,
						     const char *why);

/* How a place that holds the address of the symbol changes. False: not at all. */
bool elf_move_absolute(const struct elf_relocation *relocation, uint8_t *move);

/* The same for one that holds the distance from itself to the symbol. */
bool elf_move_relative(const struct elf_collection *collection,
		       const struct elf_relocation *relocation, uint8_t *move);

void elf_add_site(struct elf_collection *collection, const struct elf_relocation *relocation,
		  enum relocation_form form, uint8_t move, uint16_t low);

/* Adds the sites of relocation `index`: none or one. */
void arm_relocation_judge(struct elf_collection *collection, size_t index);
void riscv_relocation_judge(struct elf_collection *collection, size_t index);
