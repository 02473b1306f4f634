#pragma once

#include <tools/object_check/instructions.h>
#include <tools/object_check/object.h>

/* Calls `found` for each instruction in the sections that hold code. Data between them (literal
 * pools, jump tables) is told by the mapping symbols that both architectures' ABIs ask for. */
void code_walk(const struct object *object,
	       void (*found)(const struct object *object, size_t section, uint32_t offset,
			     const struct instruction *instruction));

/* Complains about instructions that a driver has no business with. */
void code_check(const struct object *object);

/* Prints the address of each trap in a linked program, a line each. */
void code_list_traps(const struct object *object);
