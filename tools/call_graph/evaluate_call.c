/* Calls: of functions, through tables of an object, of the compiler's own functions. */

#include <tools/call_graph/evaluate.h>
#include <tools/call_graph/names.h>

#include <string.h>

static bool starts_with(const char *text, const char *start)
{
	return strncmp(text, start, strlen(start)) == 0;
}

static uint32_t copy_size(LLVMValueRef size)
{
	return LLVMIsAConstantInt(size) ? (uint32_t)LLVMConstIntGetZExtValue(size) : UINT32_MAX;
}

static bool is_copy(const char *name)
{
	return starts_with(name, "llvm.memcpy.") || starts_with(name, "llvm.memmove.") ||
	       strcmp(name, "memcpy") == 0 || strcmp(name, "memmove") == 0;
}

/* The compiler's own functions. None but those named here has anything to do with pointers that
 * lead anywhere; an unknown one that takes or gives a pointer is refused. */
static void evaluate_intrinsic(const struct evaluation *now, const char *name)
{
	static const char *const harmless[] = {
	    "llvm.memcpy.",   "llvm.memmove.",    "llvm.memset.",       "llvm.dbg.",
	    "llvm.lifetime.", "llvm.objectsize.", "llvm.var.annotation"};

	for (size_t i = 0; i < sizeof(harmless) / sizeof(harmless[0]); i++) {
		if (starts_with(name, harmless[i])) {
			return;
		}
	}
	if (starts_with(name, "llvm.stacksave")) {
		evaluation_problem(now, "has an array of variable size; give it a constant one");
		return;
	}
	for (unsigned i = 0; i < LLVMGetNumArgOperands(now->instruction); i++) {
		if (evaluation_operand(now, i) != 0) {
			evaluation_problem(
			    now, text_new("uses %s on a pointer, which is not known here", name));
		}
	}
}

static bool is_assembly(const struct contexts *contexts, const char *name)
{
	LIST_EACH(&contexts->assembly, each)
	{
		if (strcmp(*each, name) == 0) {
			return true;
		}
	}
	return false;
}

/* A function without a body. */
static void evaluate_foreign(const struct evaluation *now, const char *name, uint32_t *result)
{
	if (starts_with(name, "llvm.ptr.annotation.")) {
		*result = evaluation_operand(now, 0); /* the same pointer */
	} else if (starts_with(name, "llvm.")) {
		evaluate_intrinsic(now, name);
	} else if (!is_assembly(now->contexts, name)) {
		evaluation_problem(now,
				   text_new("calls %s, which no source defines; if it is assembly, "
					    "add it to the architecture's entry_points.txt",
					    name));
	}
}

/* Whether two values are computed the same way from the same variables. */
static bool is_same(LLVMValueRef first, LLVMValueRef second)
{
	if (first == second) {
		return true;
	}
	if (LLVMIsAInstruction(first) == NULL || LLVMIsAInstruction(second) == NULL ||
	    LLVMGetInstructionOpcode(first) != LLVMGetInstructionOpcode(second) ||
	    (LLVMIsALoadInst(first) == NULL && LLVMIsAGetElementPtrInst(first) == NULL) ||
	    LLVMGetNumOperands(first) != LLVMGetNumOperands(second)) {
		return false;
	}
	for (unsigned i = 0; i < (unsigned)LLVMGetNumOperands(first); i++) {
		if (!is_same(LLVMGetOperand(first, i), LLVMGetOperand(second, i))) {
			return false;
		}
	}
	return true;
}

/* Without a step to the first field, which is no step. */
static LLVMValueRef without_first_field(LLVMValueRef value)
{
	while (LLVMIsAGetElementPtrInst(value) != NULL) {
		for (unsigned i = 1; i < (unsigned)LLVMGetNumOperands(value); i++) {
			LLVMValueRef index = LLVMGetOperand(value, i);

			if (!LLVMIsAConstantInt(index) || LLVMConstIntGetZExtValue(index) != 0) {
				return value;
			}
		}
		value = LLVMGetOperand(value, 0);
	}
	return value;
}

/* Whether a call is `object->first_field->operation(object, ...)`. */
static bool is_dispatch(const struct evaluation *now, LLVMValueRef callee, uint32_t instance)
{
	LLVMValueRef table;

	if (instance == NONE || LLVMIsALoadInst(callee) == NULL) {
		return false;
	}
	table = LLVMGetOperand(callee, 0);
	if (LLVMIsAGetElementPtrInst(table) != NULL) {
		table = LLVMGetOperand(table, 0);
	}
	return LLVMIsALoadInst(table) != NULL &&
	       is_same(without_first_field(LLVMGetOperand(table, 0)),
		       without_first_field(LLVMGetOperand(now->instruction, instance)));
}

static bool table_holds(struct memory *memory, uint32_t table, LLVMValueRef function)
{
	uint32_t wanted = memory_location(memory, memory_object(memory, function), 0);
	number_list cells = memory->objects.items[memory->locations.items[table].object].cells;

	for (uint32_t i = 0; i < cells.count; i++) {
		struct set set = set_get(memory, memory->cells.items[cells.items[i]].set);

		for (uint32_t j = 0; j < set.count; j++) {
			if (set.locations[j] == wanted) {
				return true;
			}
		}
	}
	return false;
}

/* Of the objects in `instances` those whose table holds `function`: for each call through a table
 * the object that the table was found in is the one that is passed. */
static uint32_t instances_of(struct memory *memory, uint32_t instances, LLVMTypeRef pointer,
			     LLVMValueRef function)
{
	struct set all = set_get(memory, instances);
	uint32_t found = 0;

	for (uint32_t i = 0; i < all.count; i++) {
		uint32_t instance = set_of(memory, all.locations[i]);
		struct set tables =
		    set_get(memory, value_set(memory, memory_load(memory, instance, pointer)));

		for (uint32_t j = 0; j < tables.count; j++) {
			if (table_holds(memory, tables.locations[j], function)) {
				found = set_union(memory, found, instance);
			}
		}
	}
	return found;
}

static uint32_t *arguments_now(const struct evaluation *now)
{
	unsigned count = LLVMGetNumArgOperands(now->instruction);
	uint32_t *arguments = memory_new(count, sizeof(arguments[0]));

	for (unsigned i = 0; i < count; i++) {
		arguments[i] = evaluation_operand(now, i);
	}
	return arguments;
}

static void evaluate_target(const struct evaluation *now, LLVMValueRef function, struct call *call,
			    uint32_t *result)
{
	struct program *program = now->contexts->program;
	LLVMValueRef definition = program_definition(program, function);
	size_t length;
	const char *name = LLVMGetValueName2(function, &length);

	if (is_copy(name)) {
		memory_copy(now->memory, evaluation_operand_set(now, 0),
			    evaluation_operand_set(now, 1),
			    copy_size(LLVMGetOperand(now->instruction, 2)));
	}
	if (definition == NULL) {
		evaluate_foreign(now, name, result);
		return;
	}
	if (LLVMCountParams(definition) != LLVMGetNumArgOperands(now->instruction)) {
		evaluation_problem(now,
				   text_new("calls %s with another number of arguments", name));
		return;
	}

	uint32_t *arguments = arguments_now(now);
	uint32_t instance = instance_parameter(definition);

	if (call->is_indirect && is_dispatch(now, LLVMGetCalledValue(now->instruction), instance)) {
		uint32_t instances = instances_of(
		    now->memory, value_set(now->memory, arguments[instance]),
		    LLVMTypeOf(LLVMGetOperand(now->instruction, instance)), definition);

		if (instances == 0) {
			return;
		}
		arguments[instance] = value_of_set(now->memory, instances);
	}
	contexts_call(now->contexts, now->number, program_function(program, definition), arguments,
		      call, result);
}

/* Through a pointer: all functions that the pointer can be. */
static void evaluate_targets(const struct evaluation *now, LLVMValueRef callee, struct call *call,
			     uint32_t *result)
{
	struct memory *memory = now->memory;
	struct set targets = set_get(memory, value_set(memory, evaluation_value(now, callee)));

	if (targets.count == 0) {
		evaluation_problem(now, "calls through a pointer that nothing was ever stored to; "
					"an interface that its board has not wired");
		return;
	}
	for (uint32_t i = 0; i < targets.count; i++) {
		uint32_t object = memory->locations.items[targets.locations[i]].object;

		if (memory->objects.items[object].kind != OBJECT_FUNCTION) {
			evaluation_problem(now,
					   text_new("calls through a pointer that may lead to %s",
						    object_name(memory, object)));
			continue;
		}
		evaluate_target(now, memory->objects.items[object].value, call, result);
	}
}

uint32_t evaluate_call(const struct evaluation *now)
{
	LLVMValueRef callee = LLVMGetCalledValue(now->instruction);
	uint32_t result = 0;
	struct call call = {.instruction = now->index, .is_indirect = !LLVMIsAFunction(callee)};

	if (LLVMIsAInlineAsm(callee)) {
		return 0;
	}
	if (call.is_indirect) {
		evaluate_targets(now, callee, &call, &result);
	} else {
		evaluate_target(now, callee, &call, &result);
	}
	if (call.is_indirect && call.targets.count == 0 &&
	    evaluation_context(now)->problem == NULL) {
		evaluation_problem(
		    now, "calls through a table that none of the objects it may mean has");
	}
	LIST_ADD(&evaluation_context(now)->calls, call);
	return result;
}
