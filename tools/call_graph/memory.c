/* Objects, the locations in them, and the cells that hold pointers.
 *
 * An offset is brought to the first element of every array on the way down the object's own type
 * (location_normal), so that a cell stands for the same field of all elements, whichever way a
 * pointer came there. */

#include <tools/call_graph/memory.h>
#include <tools/call_graph/types.h>

enum {
	POINTER_SIZE = 4,
};

static struct object *object_at(const struct memory *memory, uint32_t location)
{
	return &memory->objects.items[memory->locations.items[location].object];
}

/* --- Objects --- */

static uint32_t object_new(struct memory *memory, struct object object)
{
	LIST_ADD(&memory->objects, object);
	return memory->objects.count - 1;
}

void memory_init(struct memory *memory, struct program *program)
{
	*memory = (struct memory){.program = program};
	LIST_ADD(&memory->sets, ((struct set){0}));
	LIST_ADD(&memory->values, ((struct value){0}));
	memory->elsewhere = object_new(memory, (struct object){.kind = OBJECT_MEMORY});
}

static void contents_init(struct memory *memory, uint32_t object, LLVMValueRef variable)
{
	LLVMValueRef initializer = LLVMGetInitializer(variable);

	if (initializer != NULL) {
		uint32_t value = memory_constant(memory, initializer);

		memory_store(memory, set_of(memory, memory_location(memory, object, 0)), value);
	}
}

static LLVMTypeRef type_of_definition(const struct memory *memory, LLVMValueRef definition)
{
	LLVMTypeRef type = LLVMGlobalGetValueType(definition);
	LLVMMetadataRef written;

	if (LLVMGetTypeKind(type) != LLVMStructTypeKind || !LLVMIsLiteralStruct(type)) {
		return type;
	}
	written = type_of_variable(memory->program, definition);
	return written != NULL ? type_layout(memory->program, written) : type;
}

static uint32_t object_of_definition(struct memory *memory, LLVMValueRef definition)
{
	bool is_function = LLVMIsAFunction(definition) != NULL;
	uint32_t object = object_new(
	    memory, (struct object){.kind = is_function ? OBJECT_FUNCTION : OBJECT_VARIABLE,
				    .value = definition,
				    .type = type_of_definition(memory, definition)});

	map_put(&memory->objects_by_value, map_key_pointer(definition), object);
	if (!is_function) {
		contents_init(memory, object, definition);
	}
	return object;
}

uint32_t memory_object(struct memory *memory, LLVMValueRef variable_or_function)
{
	LLVMValueRef definition = program_definition(memory->program, variable_or_function);
	uint32_t object;

	if (definition == NULL && LLVMIsAFunction(variable_or_function)) {
		definition = variable_or_function; /* assembly */
	}
	if (definition == NULL) {
		return memory->elsewhere; /* the linker script's: an address, not a variable */
	}
	if (map_find(&memory->objects_by_value, map_key_pointer(definition), &object)) {
		return object;
	}
	return object_of_definition(memory, definition);
}

uint32_t memory_local(struct memory *memory, uint32_t context, LLVMValueRef alloca)
{
	uint64_t key = map_key_pointer(alloca) * 1000003u + context;
	uint32_t object;

	while (map_find(&memory->locals, key, &object)) {
		if (memory->objects.items[object].value == alloca &&
		    memory->objects.items[object].context == context) {
			return object;
		}
		key++;
	}
	object = object_new(memory, (struct object){.kind = OBJECT_LOCAL,
						    .value = alloca,
						    .type = LLVMGetAllocatedType(alloca),
						    .context = context});
	map_put(&memory->locals, key, object);
	return object;
}

uint32_t memory_registers(struct memory *memory, uint32_t address)
{
	uint32_t object;

	if (!map_find(&memory->registers_by_address, address, &object)) {
		object = object_new(memory,
				    (struct object){.kind = OBJECT_REGISTERS, .address = address});
		map_put(&memory->registers_by_address, address, object);
	}
	return object;
}

/* --- Locations --- */

/* The offset of the same place in the first elements of all arrays that hold it. */
static uint32_t offset_normal(const struct memory *memory, LLVMTypeRef type, uint32_t offset)
{
	LLVMTargetDataRef layout = memory->program->layout;
	uint32_t base = 0;

	for (;;) {
		LLVMTypeKind kind = LLVMGetTypeKind(type);
		uint32_t size = program_size_of(memory->program, type);

		if (offset >= size) {
			return base + offset; /* one past its end */
		}
		if (kind == LLVMArrayTypeKind) {
			type = LLVMGetElementType(type);
			offset %= program_size_of(memory->program, type);
		} else if (kind == LLVMStructTypeKind) {
			unsigned field = LLVMElementAtOffset(layout, type, offset);
			uint32_t start = (uint32_t)LLVMOffsetOfElement(layout, type, field);

			type = LLVMStructGetTypeAtIndex(type, field);
			base += start;
			offset -= start;
		} else {
			return base + offset;
		}
	}
}

static uint32_t location_normal(const struct memory *memory, uint32_t object, uint32_t offset)
{
	const struct object *of = &memory->objects.items[object];

	switch (of->kind) {
	case OBJECT_VARIABLE:
	case OBJECT_LOCAL:
		if (offset == OFFSET_ANY || offset > program_size_of(memory->program, of->type)) {
			return OFFSET_ANY;
		}
		return offset_normal(memory, of->type, offset);
	default:
		return 0;
	}
}

uint32_t memory_location(struct memory *memory, uint32_t object, uint32_t offset)
{
	uint32_t normal = location_normal(memory, object, offset);
	uint32_t number;

	if (!map_find(&memory->locations_by_place, map_key(object, normal), &number)) {
		number = memory->locations.count;
		LIST_ADD(&memory->locations, ((struct location){object, normal}));
		map_put(&memory->locations_by_place, map_key(object, normal), number);
	}
	return number;
}

uint32_t memory_step(struct memory *memory, uint32_t location, int64_t by)
{
	struct location from = memory->locations.items[location];
	int64_t offset = (int64_t)from.offset + by;

	if (from.offset == OFFSET_ANY || offset < 0 || offset >= OFFSET_ANY) {
		return memory_location(memory, from.object, OFFSET_ANY);
	}
	return memory_location(memory, from.object, (uint32_t)offset);
}

/* Whether a place of this type lies in an array of elements of this size. */
static bool is_in_array(const struct memory *memory, LLVMTypeRef type, uint32_t offset,
			uint32_t element_size)
{
	LLVMTargetDataRef layout = memory->program->layout;

	for (;;) {
		LLVMTypeKind kind = LLVMGetTypeKind(type);

		if (offset >= program_size_of(memory->program, type)) {
			return false;
		}
		if (kind == LLVMArrayTypeKind) {
			type = LLVMGetElementType(type);
			if (program_size_of(memory->program, type) == element_size) {
				return true;
			}
			offset %= program_size_of(memory->program, type);
		} else if (kind == LLVMStructTypeKind) {
			unsigned field = LLVMElementAtOffset(layout, type, offset);

			offset -= (uint32_t)LLVMOffsetOfElement(layout, type, field);
			type = LLVMStructGetTypeAtIndex(type, field);
		} else {
			return false;
		}
	}
}

uint32_t memory_step_any(struct memory *memory, uint32_t location, uint32_t element_size)
{
	struct location from = memory->locations.items[location];
	const struct object *object = object_at(memory, location);

	if (object->kind != OBJECT_VARIABLE && object->kind != OBJECT_LOCAL) {
		return location;
	}
	if (from.offset != OFFSET_ANY &&
	    is_in_array(memory, object->type, from.offset, element_size)) {
		return location;
	}
	return memory_location(memory, from.object, OFFSET_ANY);
}

/* --- Cells --- */

static struct cell *cell_at(struct memory *memory, struct location location)
{
	uint64_t key = map_key(location.object, location.offset);
	uint32_t number;

	if (!map_find(&memory->cells_by_place, key, &number)) {
		number = memory->cells.count;
		LIST_ADD(&memory->cells, ((struct cell){.location = location}));
		LIST_ADD(&memory->objects.items[location.object].cells, number);
		map_put(&memory->cells_by_place, key, number);
	}
	return &memory->cells.items[number];
}

static void cell_add(struct memory *memory, struct location location, uint32_t set)
{
	if (set == 0) {
		return;
	}

	struct cell *cell = cell_at(memory, location);
	uint32_t sum = set_union(memory, cell->set, set);

	memory->changed |= sum != cell->set;
	cell->set = sum;
}

/* How the part of an object from `from.offset` on appears in a value of `size` bytes: a cell that
 * could be anywhere is everywhere. Returns false if the cell is no part of it. */
static bool cell_offset(const struct cell *cell, struct location from, uint32_t size,
			uint32_t *offset)
{
	if (cell->location.offset == OFFSET_ANY || from.offset == OFFSET_ANY) {
		*offset = 0;
		return true;
	}
	*offset = cell->location.offset - from.offset;
	return cell->location.offset >= from.offset && *offset < size;
}

static uint32_t location_load(struct memory *memory, struct location from, uint32_t size)
{
	number_list cells = memory->objects.items[from.object].cells;
	uint32_t value = 0;
	uint32_t offset;

	for (uint32_t i = 0; i < cells.count; i++) {
		const struct cell *cell = &memory->cells.items[cells.items[i]];

		if (cell_offset(cell, from, size, &offset)) {
			uint32_t part = value_of_set(memory, cell->set);

			value = value_union(memory, value, value_at(memory, part, offset));
		}
	}
	return value;
}

uint32_t memory_load(struct memory *memory, uint32_t pointers, LLVMTypeRef type)
{
	uint32_t size = program_size_of(memory->program, type);
	struct set from = set_get(memory, pointers);
	uint32_t value = 0;

	if (size < POINTER_SIZE) {
		return 0; /* a piece of a pointer is none */
	}
	for (uint32_t i = 0; i < from.count; i++) {
		struct location location = memory->locations.items[from.locations[i]];

		value = value_union(memory, value, location_load(memory, location, size));
	}
	return value;
}

void memory_store(struct memory *memory, uint32_t pointers, uint32_t value)
{
	struct set to = set_get(memory, pointers);
	struct value stored = memory->values.items[value];

	for (uint32_t i = 0; i < to.count; i++) {
		for (uint32_t j = 0; j < stored.count; j++) {
			uint32_t location =
			    memory_step(memory, to.locations[i], stored.parts[j].offset);

			cell_add(memory, memory->locations.items[location], stored.parts[j].set);
		}
	}
}

void memory_copy(struct memory *memory, uint32_t to, uint32_t from, uint32_t size)
{
	struct set sources = set_get(memory, from);

	for (uint32_t i = 0; i < sources.count; i++) {
		struct location location = memory->locations.items[sources.locations[i]];

		memory_store(memory, to, location_load(memory, location, size));
	}
}
