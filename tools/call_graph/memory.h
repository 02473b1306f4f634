#pragma once

#include <tools/call_graph/program.h>

/* What the image's memory may hold, as far as pointers go, at any time while it runs.
 *
 * Memory is made of objects: the variables of the image, the locals of each context, functions,
 * register blocks, and one object for everything that the kernel reaches by computing an address
 * (the memory of processes, and flash). A location is a byte in an object; all elements of an array
 * are one. A value is what a variable may hold: for each offset in it (0 unless it is a struct) a
 * set of locations. Sets and values are numbered; equal ones have equal numbers; 0 is the empty one.
 *
 * Nothing is ever taken away from what a cell holds, so that the answer does not depend on the order
 * in which things happen. */

enum object_kind {
	OBJECT_VARIABLE, /* of static life */
	OBJECT_LOCAL,
	OBJECT_FUNCTION,
	OBJECT_REGISTERS, /* at an address that the source names */
	OBJECT_MEMORY,    /* at addresses that the image computes */
};

struct object {
	enum object_kind kind;
	LLVMValueRef value; /* variable, alloca or function */
	LLVMTypeRef type;   /* NULL: unknown */
	uint32_t address;   /* of registers */
	uint32_t context;   /* of a local */
	number_list cells;
};

/* An offset that could be any. */
#define OFFSET_ANY 0xffffffffu

struct location {
	uint32_t object;
	uint32_t offset;
};

struct cell {
	struct location location;
	uint32_t set;
};

struct set {
	uint32_t *locations; /* ascending */
	uint32_t count;
};

struct part {
	uint32_t offset;
	uint32_t set;
};

struct value {
	struct part *parts; /* ascending offsets, no empty sets */
	uint32_t count;
};

struct memory {
	struct program *program;
	LIST(struct object) objects;
	LIST(struct location) locations;
	LIST(struct cell) cells;
	LIST(struct set) sets;
	LIST(struct value) values;
	struct map objects_by_value;     /* variables and functions */
	struct map locals;               /* by context and instruction */
	struct map registers_by_address; /* objects */
	struct map locations_by_place;
	struct map cells_by_place;
	struct map sets_by_hash;
	struct map values_by_hash;
	struct map constants; /* values */
	uint32_t elsewhere;   /* the object of kind OBJECT_MEMORY */
	bool changed;         /* a cell has grown */
};

void memory_init(struct memory *memory, struct program *program);

/* --- Sets and values --- */

struct set set_get(const struct memory *memory, uint32_t set);
bool set_has(const struct memory *memory, uint32_t set, uint32_t location);
uint32_t set_of(struct memory *memory, uint32_t location);
uint32_t set_union(struct memory *memory, uint32_t first, uint32_t second);
uint32_t set_intersection(struct memory *memory, uint32_t first, uint32_t second);

/* What is left of a set without the locations that `is_out` says. */
uint32_t set_without(struct memory *memory, uint32_t set,
		     bool (*is_out)(const struct memory *memory, uint32_t location,
				    const void *with),
		     const void *with);
uint32_t value_of_set(struct memory *memory, uint32_t set);
uint32_t value_union(struct memory *memory, uint32_t first, uint32_t second);

/* The locations in a value, wherever in it. */
uint32_t value_set(struct memory *memory, uint32_t value);

/* The part of `value` from `offset` on, `size` bytes long, as a value of its own; and back. */
uint32_t value_extract(struct memory *memory, uint32_t value, uint32_t offset, uint32_t size);
uint32_t value_at(struct memory *memory, uint32_t value, uint32_t offset);

/* --- Objects and locations --- */

uint32_t memory_object(struct memory *memory, LLVMValueRef variable_or_function);
uint32_t memory_local(struct memory *memory, uint32_t context, LLVMValueRef alloca);
uint32_t memory_registers(struct memory *memory, uint32_t address);
uint32_t memory_location(struct memory *memory, uint32_t object, uint32_t offset);

/* `by` bytes further on. */
uint32_t memory_step(struct memory *memory, uint32_t location, int64_t by);

/* The same with an index that is not known into an array of elements of this size. */
uint32_t memory_step_any(struct memory *memory, uint32_t location, uint32_t element_size);

/* --- What is where --- */

/* A value of this size, from wherever `pointers` (a set) lead; and into all of these places. */
uint32_t memory_load(struct memory *memory, uint32_t pointers, LLVMTypeRef type);
void memory_store(struct memory *memory, uint32_t pointers, uint32_t value);
void memory_copy(struct memory *memory, uint32_t to, uint32_t from, uint32_t size);

/* The value of a constant of the program. */
uint32_t memory_constant(struct memory *memory, LLVMValueRef constant);
