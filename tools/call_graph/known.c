/* A walk over the way from reset to kernel_start(), calls included, that keeps what is known to be there:
 * the set of locations that hold a pointer which is not NULL. Where ways meet, what both know is kept.
 *
 * Contexts (contexts.h) know all that a pointer may lead to, at any time; only what is one exact place is
 * followed here. Whatever is not understood leaves nothing known, and the pointer is refused. */

#include <tools/call_graph/evaluate.h>
#include <tools/call_graph/known.h>
#include <tools/call_graph/nullable.h>
#include <tools/tbf/command_line.h>

#include <stdlib.h>
#include <string.h>

#define START "kernel_start"
#define BOOT  "boot"

/* What is known where nobody comes: everything. */
#define EVERYTHING NONE

struct way {
	struct contexts *contexts;
	struct memory *memory;
	struct known_start *start;
	bool *is_open; /* by context: being walked */
};

/* One call on the way. */
struct frame {
	struct evaluation now;
	const bool *arguments; /* whether each is known to be not NULL */
	uint32_t known;
};

/* --- Sets --- */

/* Constants are what they are; variables and locals are in the set. */
bool known_has(const struct memory *memory, uint32_t known, uint32_t location)
{
	struct location at = memory->locations.items[location];
	const struct object *object = &memory->objects.items[at.object];

	if (object->kind != OBJECT_VARIABLE || !LLVMIsGlobalConstant(object->value)) {
		return set_has(memory, known, location);
	}
	LIST_EACH(&object->cells, cell)
	{
		if (memory->cells.items[*cell].location.offset == at.offset) {
			return true;
		}
	}
	return false;
}

static uint32_t meet(struct memory *memory, uint32_t first, uint32_t second)
{
	if (first == EVERYTHING || first == second) {
		return second;
	}
	return second == EVERYTHING ? first : set_intersection(memory, first, second);
}

static bool is_known(const struct frame *frame, uint32_t location)
{
	return frame->known == EVERYTHING || known_has(frame->now.memory, frame->known, location);
}

static void know(struct frame *frame, uint32_t location)
{
	struct memory *memory = frame->now.memory;

	if (frame->known != EVERYTHING) {
		frame->known = set_union(memory, frame->known, set_of(memory, location));
	}
}

/* `size` bytes from a location on. */
struct piece {
	struct location start;
	uint32_t size;
};

static bool is_in_piece(const struct memory *memory, uint32_t location, const void *with)
{
	const struct piece *piece = with;
	struct location at = memory->locations.items[location];

	return at.object == piece->start.object && at.offset >= piece->start.offset &&
	       at.offset - piece->start.offset < piece->size;
}

static struct piece piece_of(const struct memory *memory, uint32_t location, uint32_t size)
{
	return (struct piece){memory->locations.items[location], size};
}

static void forget(struct frame *frame, const struct piece *piece)
{
	if (frame->known != EVERYTHING) {
		frame->known = set_without(frame->now.memory, frame->known, is_in_piece, piece);
	}
}

static bool is_local_of(const struct memory *memory, uint32_t location, const void *context)
{
	uint32_t number = memory->locations.items[location].object;
	const struct object *object = &memory->objects.items[number];

	return object->kind == OBJECT_LOCAL && object->context == *(const uint32_t *)context;
}

/* --- Places --- */

/* Whether a location is one place: a variable's or local's, and no array's on the way to it. */
static bool is_exact(const struct memory *memory, uint32_t location)
{
	struct location at = memory->locations.items[location];
	const struct object *object = &memory->objects.items[at.object];
	LLVMTypeRef type = object->type;
	uint32_t offset = at.offset;

	if ((object->kind != OBJECT_VARIABLE && object->kind != OBJECT_LOCAL) ||
	    offset == OFFSET_ANY) {
		return false;
	}
	while (LLVMGetTypeKind(type) == LLVMStructTypeKind &&
	       offset < program_size_of(memory->program, type)) {
		LLVMTargetDataRef layout = memory->program->layout;
		unsigned field = LLVMElementAtOffset(layout, type, offset);

		offset -= (uint32_t)LLVMOffsetOfElement(layout, type, field);
		type = LLVMStructGetTypeAtIndex(type, field);
	}
	return LLVMGetTypeKind(type) != LLVMArrayTypeKind;
}

/* The one place that an operand points to, or NONE. */
static uint32_t place_of(const struct evaluation *now, unsigned operand)
{
	struct set set = set_get(now->memory, evaluation_operand_set(now, operand));

	return set.count == 1 && is_exact(now->memory, set.locations[0]) ? set.locations[0] : NONE;
}

/* --- What is not NULL --- */

static bool value_is_known(const struct frame *frame, LLVMValueRef value);

/* A pointer read from a place: what was stored there. From elsewhere: as the types say. */
static bool load_is_known(const struct frame *frame, LLVMValueRef load, uint32_t offset)
{
	struct evaluation now = frame->now;
	uint32_t place;

	now.instruction = load;
	place = place_of(&now, 0);
	return place == NONE || is_known(frame, memory_step(now.memory, place, offset));
}

/* The pointer at `offset` of a value. */
static bool part_is_known(const struct frame *frame, LLVMValueRef value, uint32_t offset)
{
	if (LLVMIsAArgument(value)) {
		uint32_t number = 0;

		while (LLVMGetParam(frame->now.function->value, number) != value) {
			number++;
		}
		return frame->arguments[number];
	}
	if (LLVMIsALoadInst(value)) {
		return load_is_known(frame, value, offset);
	}
	if (LLVMIsAGetElementPtrInst(value) || LLVMIsACastInst(value)) {
		return value_is_known(frame, LLVMGetOperand(value, 0));
	}
	return !LLVMIsASelectInst(value) || (value_is_known(frame, LLVMGetOperand(value, 1)) &&
					     value_is_known(frame, LLVMGetOperand(value, 2)));
}

/* Whether a value has pointers, none of which is NULL. */
static bool value_is_known(const struct frame *frame, LLVMValueRef value)
{
	uint32_t number = evaluation_value(&frame->now, value);
	struct value parts = frame->now.memory->values.items[number];

	for (uint32_t i = 0; i < parts.count; i++) {
		if (!part_is_known(frame, value, parts.parts[i].offset)) {
			return false;
		}
	}
	return parts.count > 0;
}

/* --- Instructions --- */

static void store_note(struct frame *frame)
{
	const struct evaluation *now = &frame->now;
	LLVMValueRef stored = LLVMGetOperand(now->instruction, 0);
	uint32_t number = evaluation_operand(now, 0);
	struct value value = now->memory->values.items[number];
	uint32_t place = place_of(now, 1);

	if (place == NONE) {
		return;
	}
	struct piece piece = piece_of(now->memory, place,
				      program_size_of(now->contexts->program, LLVMTypeOf(stored)));

	forget(frame, &piece);
	for (uint32_t i = 0; i < value.count; i++) {
		if (part_is_known(frame, stored, value.parts[i].offset)) {
			know(frame, memory_step(now->memory, place, value.parts[i].offset));
		}
	}
}

/* Carries what is known of one piece of memory over to another. */
static void carry(struct frame *frame, const struct piece *from, uint32_t to)
{
	struct memory *memory = frame->now.memory;
	const struct object *source = &memory->objects.items[from->start.object];
	number_list offsets = {0};

	LIST_EACH(&source->cells, cell)
	{
		struct location at = memory->cells.items[*cell].location;
		uint32_t location = memory_location(memory, at.object, at.offset);

		if (is_in_piece(memory, location, from) && is_known(frame, location)) {
			LIST_ADD(&offsets, at.offset - from->start.offset);
		}
	}
	LIST_EACH(&offsets, offset)
	{
		know(frame, memory_step(memory, to, *offset));
	}
}

/* memcpy and memmove carry what is known along; memset leaves nothing. */
static void bytes_note(struct frame *frame, bool is_copy)
{
	const struct evaluation *now = &frame->now;
	LLVMValueRef length = LLVMGetOperand(now->instruction, 2);
	uint32_t size = LLVMIsAConstantInt(length) ? (uint32_t)LLVMConstIntGetZExtValue(length) : 0;
	uint32_t to = place_of(now, 0);
	uint32_t from = is_copy ? place_of(now, 1) : NONE;

	if (to == NONE) {
		return;
	}

	struct piece piece = piece_of(now->memory, to, size);

	forget(frame, &piece);
	if (from != NONE) {
		piece = piece_of(now->memory, from, size);
		carry(frame, &piece, to);
	}
}

static uint32_t walk(struct way *way, uint32_t context, const bool *arguments, uint32_t known);

static const struct call *call_of(const struct evaluation *now)
{
	LIST_EACH(&evaluation_context(now)->calls, call)
	{
		if (call->instruction == now->index) {
			return call;
		}
	}
	return NULL;
}

static void start_note(struct way *way, struct frame *frame)
{
	struct known_start *start = way->start;

	start->known = meet(way->memory, start->known, frame->known);
	start->module = frame->now.function->module;
	frame->known = EVERYTHING; /* it does not return */
}

static void calls_walk(struct way *way, struct frame *frame, const struct call *call)
{
	const struct evaluation *now = &frame->now;
	unsigned count = LLVMGetNumArgOperands(now->instruction);
	bool *arguments = memory_new(count, sizeof(arguments[0]));
	uint32_t known = EVERYTHING;

	for (unsigned i = 0; i < count; i++) {
		arguments[i] = value_is_known(frame, LLVMGetOperand(now->instruction, i));
	}
	LIST_EACH(&call->targets, target)
	{
		if (strcmp(context_function_name(way->contexts, *target), START) == 0) {
			start_note(way, frame);
			return;
		}
		known = meet(way->memory, known, walk(way, *target, arguments, frame->known));
	}
	frame->known = call->targets.count > 0 ? known : frame->known;
	free(arguments);
}

static void call_note(struct way *way, struct frame *frame)
{
	const struct call *call = call_of(&frame->now);
	size_t length;
	const char *name = LLVMGetValueName2(LLVMGetCalledValue(frame->now.instruction), &length);
	bool is_copy = strstr(name, "memcpy") != NULL || strstr(name, "memmove") != NULL;

	if (is_copy || strstr(name, "memset") != NULL) {
		bytes_note(frame, is_copy);
	} else if (call != NULL) {
		calls_walk(way, frame, call);
	}
}

/* Whether a pointer is only asked whether it is NULL. */
static bool is_only_compared(LLVMValueRef value)
{
	for (LLVMUseRef use = LLVMGetFirstUse(value); use != NULL; use = LLVMGetNextUse(use)) {
		if (LLVMIsAICmpInst(LLVMGetUser(use)) == NULL) {
			return false;
		}
	}
	return true;
}

static void load_note(struct way *way, struct frame *frame)
{
	const struct evaluation *now = &frame->now;
	LLVMTypeRef type = LLVMTypeOf(now->instruction);
	uint32_t place = place_of(now, 0);

	if (place == NONE || LLVMGetTypeKind(type) != LLVMPointerTypeKind ||
	    is_known(frame, place) || nullable_is_access(LLVMGetOperand(now->instruction, 0)) ||
	    is_only_compared(now->instruction)) {
		return;
	}
	LIST_EACH(&way->start->early, each)
	{
		if (each->place == place && each->instruction == now->instruction) {
			return;
		}
	}
	LIST_ADD(&way->start->early,
		 ((struct early_read){place, now->instruction, now->function->name}));
}

static void instruction_note(struct way *way, struct frame *frame)
{
	switch (LLVMGetInstructionOpcode(frame->now.instruction)) {
	case LLVMLoad:
		load_note(way, frame);
		break;
	case LLVMStore:
		store_note(frame);
		break;
	case LLVMCall:
		call_note(way, frame);
		break;
	default:
		break;
	}
}

/* --- Blocks --- */

struct blocks {
	LLVMBasicBlockRef *items;
	uint32_t count;
	uint32_t *known; /* at the end of each */
};

static struct blocks blocks_of(LLVMValueRef function)
{
	struct blocks blocks = {.count = LLVMCountBasicBlocks(function)};

	blocks.items = memory_new(blocks.count, sizeof(LLVMBasicBlockRef));
	blocks.known = memory_new(blocks.count, sizeof(uint32_t));
	LLVMGetBasicBlocks(function, blocks.items);
	for (uint32_t i = 0; i < blocks.count; i++) {
		blocks.known[i] = EVERYTHING;
	}
	return blocks;
}

/* What is known at the start of a block: what is at the end of all that lead to it. */
static uint32_t known_before(struct memory *memory, const struct blocks *blocks, uint32_t number)
{
	uint32_t known = EVERYTHING;

	for (uint32_t i = 0; i < blocks->count; i++) {
		LLVMValueRef end = LLVMGetBasicBlockTerminator(blocks->items[i]);

		for (unsigned j = 0; j < LLVMGetNumSuccessors(end); j++) {
			if (LLVMGetSuccessor(end, j) == blocks->items[number]) {
				known = meet(memory, known, blocks->known[i]);
			}
		}
	}
	return known;
}

/* `index`: of the block's first instruction, in the function's list; moves behind its last. */
static void block_walk(struct way *way, struct frame *frame, LLVMBasicBlockRef block,
		       uint32_t *index)
{
	for (LLVMValueRef each = LLVMGetFirstInstruction(block); each != NULL;
	     each = LLVMGetNextInstruction(each)) {
		frame->now.instruction = each;
		frame->now.index = (*index)++;
		if (frame->known != EVERYTHING) {
			instruction_note(way, frame);
		}
	}
	if (LLVMIsAUnreachableInst(LLVMGetBasicBlockTerminator(block))) {
		frame->known = EVERYTHING;
	}
}

static bool blocks_walk(struct way *way, struct frame *frame, struct blocks *blocks, uint32_t known)
{
	uint32_t index = 0;
	bool changed = false;

	for (uint32_t i = 0; i < blocks->count; i++) {
		frame->known = i == 0 ? known : known_before(way->memory, blocks, i);
		block_walk(way, frame, blocks->items[i], &index);
		changed |= blocks->known[i] != frame->known;
		blocks->known[i] = frame->known;
	}
	return changed;
}

/* What is known after a call; EVERYTHING: it does not return. Recursion, which never returns, is for another
 * check to refuse. */
static uint32_t walk(struct way *way, uint32_t context, const bool *arguments, uint32_t known)
{
	if (way->is_open[context]) {
		return EVERYTHING;
	}

	struct function function = way->contexts->program->functions
				       .items[way->contexts->contexts.items[context].function];
	struct frame frame = {
	    .now = {.contexts = way->contexts,
		    .memory = way->memory,
		    .number = context,
		    .function = &function},
	    .arguments = arguments,
	};
	struct blocks blocks = blocks_of(function.value);
	uint32_t after = EVERYTHING;

	way->is_open[context] = true;
	while (blocks_walk(way, &frame, &blocks, known)) {
	}
	way->is_open[context] = false;
	for (uint32_t i = 0; i < blocks.count; i++) {
		if (LLVMIsAReturnInst(LLVMGetBasicBlockTerminator(blocks.items[i]))) {
			after = meet(way->memory, after, blocks.known[i]);
		}
	}
	free(blocks.items);
	free(blocks.known);
	return after == EVERYTHING ? after : set_without(way->memory, after, is_local_of, &context);
}

/* --- All --- */

/* What the initialiser of a variable that may change says. */
static uint32_t known_of(struct memory *memory, LLVMValueRef variable)
{
	LLVMValueRef initial = LLVMGetInitializer(variable);
	uint32_t object = memory_object(memory, variable);
	uint32_t number = memory_constant(memory, initial);
	struct value value = memory->values.items[number];
	uint32_t known = 0;

	for (uint32_t i = 0; i < value.count; i++) {
		uint32_t location = memory_location(memory, object, value.parts[i].offset);

		known = set_union(memory, known, set_of(memory, location));
	}
	return known;
}

static uint32_t known_at_first(struct memory *memory)
{
	uint32_t known = 0;

	LIST_EACH(&memory->program->modules, module)
	{
		for (LLVMValueRef each = LLVMGetFirstGlobal(module->ir); each != NULL;
		     each = LLVMGetNextGlobal(each)) {
			if (LLVMGetInitializer(each) != NULL && !LLVMIsGlobalConstant(each)) {
				known = set_union(memory, known, known_of(memory, each));
			}
		}
	}
	return known;
}

static uint32_t boot_of(const struct machine *machine, const number_list *roots)
{
	for (uint32_t i = 0; i < machine->entries.count; i++) {
		if (strcmp(machine->entries.items[i].name, BOOT) == 0) {
			return roots->items[i];
		}
	}
	refuse("%s: has no entry \"" BOOT "\", which leads to " START "()", machine->path);
}

bool known_at_start(struct known_start *start, const struct machine *machine,
		    struct contexts *contexts, const number_list *roots)
{
	struct way way = {
	    .contexts = contexts,
	    .memory = contexts->memory,
	    .start = start,
	    .is_open = memory_new(contexts->contexts.count, sizeof(bool)),
	};
	static const bool no_arguments[1];

	*start = (struct known_start){.known = EVERYTHING};
	if (program_function_named(contexts->program, START) == NONE) {
		return false;
	}
	walk(&way, boot_of(machine, roots), no_arguments, known_at_first(contexts->memory));
	free(way.is_open);
	if (start->known == EVERYTHING) {
		refuse("\"" BOOT "\" never leads to " START "()");
	}
	return true;
}
