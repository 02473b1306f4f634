/* What each instruction of LLVM does to pointers. An instruction that is not known here stops the
 * build: nothing is passed over. */

#include <tools/call_graph/evaluate.h>
#include <tools/tbf/command_line.h>

/* Where an instruction's result is, by instruction: each belongs to one function. */
static struct map indexes;

static void indexes_fill(const struct function *function)
{
	uint32_t known;

	if (function->instructions.count == 0 ||
	    map_find(&indexes, map_key_pointer(function->instructions.items[0]), &known)) {
		return;
	}
	for (uint32_t i = 0; i < function->instructions.count; i++) {
		map_put(&indexes, map_key_pointer(function->instructions.items[i]), i);
	}
}

struct context *evaluation_context(const struct evaluation *now)
{
	return &now->contexts->contexts.items[now->number];
}

static uint32_t argument_value(const struct evaluation *now, LLVMValueRef argument)
{
	uint32_t number = 0;

	while (LLVMGetParam(now->function->value, number) != argument) {
		number++;
	}
	return evaluation_context(now)->arguments[number];
}

uint32_t evaluation_value(const struct evaluation *now, LLVMValueRef value)
{
	uint32_t index;

	if (LLVMIsAArgument(value)) {
		return argument_value(now, value);
	}
	if (LLVMIsAInstruction(value)) {
		map_find(&indexes, map_key_pointer(value), &index);
		return evaluation_context(now)->results[index];
	}
	return memory_constant(now->memory, value);
}

uint32_t evaluation_operand(const struct evaluation *now, unsigned number)
{
	return evaluation_value(now, LLVMGetOperand(now->instruction, number));
}

uint32_t evaluation_operand_set(const struct evaluation *now, unsigned number)
{
	return value_set(now->memory, evaluation_operand(now, number));
}

void evaluation_problem(const struct evaluation *now, const char *what)
{
	evaluation_context(now)->problem =
	    text_new("%s: %s: %s", program_place(now->contexts->program, now->instruction),
		     now->function->name, what);
}

/* --- Pointers --- */

static uint32_t evaluate_alloca(const struct evaluation *now)
{
	struct memory *memory = now->memory;

	if (LLVMIsAConstantInt(LLVMGetOperand(now->instruction, 0)) == NULL) {
		evaluation_problem(
		    now, "takes a number of bytes of stack that is known only when it runs; "
			 "give the array a constant size");
	}
	return value_of_set(
	    memory,
	    set_of(memory, memory_location(
			       memory, memory_local(memory, now->number, now->instruction), 0)));
}

/* One step of an address computation: the constant bytes, or the element's size if not known. */
static LLVMTypeRef step_of(const struct evaluation *now, unsigned number, LLVMTypeRef type,
			   int64_t *by, uint32_t *element_size)
{
	struct program *program = now->contexts->program;
	LLVMValueRef index = LLVMGetOperand(now->instruction, number);

	if (number > 1 && LLVMGetTypeKind(type) == LLVMStructTypeKind) {
		unsigned field = (unsigned)LLVMConstIntGetZExtValue(index);

		*by += (int64_t)LLVMOffsetOfElement(program->layout, type, field);
		return LLVMStructGetTypeAtIndex(type, field);
	}
	if (number > 1) {
		type = LLVMGetElementType(type);
	}
	if (LLVMIsAConstantInt(index) != NULL) {
		*by += LLVMConstIntGetSExtValue(index) * program_size_of(program, type);
	} else {
		*element_size = program_size_of(program, type);
	}
	return type;
}

/* Unknown indexes at several levels are rare: the outermost, taken first, makes the step. */
static uint32_t evaluate_address(const struct evaluation *now)
{
	struct memory *memory = now->memory;
	LLVMTypeRef type = LLVMGetGEPSourceElementType(now->instruction);
	number_list unknown = {0};
	struct set from = set_get(memory, evaluation_operand_set(now, 0));
	int64_t by = 0;
	uint32_t set = 0;

	for (unsigned i = 1; i < (unsigned)LLVMGetNumOperands(now->instruction); i++) {
		uint32_t element_size = 0;

		type = step_of(now, i, type, &by, &element_size);
		if (element_size != 0) {
			LIST_ADD(&unknown, element_size);
		}
	}
	for (uint32_t i = 0; i < from.count; i++) {
		uint32_t location = memory_step(memory, from.locations[i], by);

		LIST_EACH(&unknown, element_size)
		{
			location = memory_step_any(memory, location, *element_size);
		}
		set = set_union(memory, set, set_of(memory, location));
	}
	return value_of_set(memory, set);
}

/* Arithmetic keeps track of the object, not of the place in it. */
static uint32_t evaluate_arithmetic(const struct evaluation *now)
{
	struct memory *memory = now->memory;
	uint32_t set = 0;

	for (unsigned i = 0; i < (unsigned)LLVMGetNumOperands(now->instruction); i++) {
		struct set from = set_get(memory, evaluation_operand_set(now, i));

		for (uint32_t j = 0; j < from.count; j++) {
			uint32_t object = memory->locations.items[from.locations[j]].object;

			set =
			    set_union(memory, set,
				      set_of(memory, memory_location(memory, object, OFFSET_ANY)));
		}
	}
	return value_of_set(memory, set);
}

static uint32_t evaluate_number_as_pointer(const struct evaluation *now)
{
	struct memory *memory = now->memory;
	uint32_t value = evaluation_operand(now, 0);

	if (value != 0 || LLVMIsAConstant(LLVMGetOperand(now->instruction, 0))) {
		return value;
	}
	return value_of_set(memory, set_of(memory, memory_location(memory, memory->elsewhere, 0)));
}

/* --- Structs in registers --- */

static uint32_t field_offset(const struct evaluation *now, LLVMTypeRef type, LLVMTypeRef *field)
{
	const unsigned *indexes_of = LLVMGetIndices(now->instruction);
	LLVMTargetDataRef layout = now->contexts->program->layout;
	uint64_t offset = 0;

	for (unsigned i = 0; i < LLVMGetNumIndices(now->instruction); i++) {
		if (LLVMGetTypeKind(type) == LLVMStructTypeKind) {
			offset += LLVMOffsetOfElement(layout, type, indexes_of[i]);
			type = LLVMStructGetTypeAtIndex(type, indexes_of[i]);
		} else {
			type = LLVMGetElementType(type);
			offset += indexes_of[i] * LLVMABISizeOfType(layout, type);
		}
	}
	*field = type;
	return (uint32_t)offset;
}

static uint32_t evaluate_extract(const struct evaluation *now)
{
	LLVMTypeRef field;
	uint32_t offset =
	    field_offset(now, LLVMTypeOf(LLVMGetOperand(now->instruction, 0)), &field);

	return value_extract(now->memory, evaluation_operand(now, 0), offset,
			     program_size_of(now->contexts->program, field));
}

static uint32_t evaluate_insert(const struct evaluation *now)
{
	LLVMTypeRef field;
	uint32_t offset = field_offset(now, LLVMTypeOf(now->instruction), &field);

	return value_union(now->memory, evaluation_operand(now, 0),
			   value_at(now->memory, evaluation_operand(now, 1), offset));
}

static uint32_t evaluate_choice(const struct evaluation *now)
{
	uint32_t value = 0;

	if (LLVMGetInstructionOpcode(now->instruction) == LLVMSelect) {
		return value_union(now->memory, evaluation_operand(now, 1),
				   evaluation_operand(now, 2));
	}
	for (unsigned i = 0; i < LLVMCountIncoming(now->instruction); i++) {
		value =
		    value_union(now->memory, value,
				evaluation_value(now, LLVMGetIncomingValue(now->instruction, i)));
	}
	return value;
}

/* --- All instructions --- */

static uint32_t evaluate_return(const struct evaluation *now)
{
	if (LLVMGetNumOperands(now->instruction) > 0) {
		struct context *context = evaluation_context(now);
		uint32_t sum =
		    value_union(now->memory, context->result, evaluation_operand(now, 0));

		context = evaluation_context(now);
		now->contexts->changed |= sum != context->result;
		context->result = sum;
	}
	return 0;
}

static uint32_t instruction_evaluate(const struct evaluation *now)
{
	switch (LLVMGetInstructionOpcode(now->instruction)) {
	case LLVMAlloca:
		return evaluate_alloca(now);
	case LLVMLoad:
		return memory_load(now->memory, evaluation_operand_set(now, 0),
				   LLVMTypeOf(now->instruction));
	case LLVMStore:
		memory_store(now->memory, evaluation_operand_set(now, 1),
			     evaluation_operand(now, 0));
		return 0;
	case LLVMGetElementPtr:
		return evaluate_address(now);
	case LLVMIntToPtr:
		return evaluate_number_as_pointer(now);
	case LLVMPtrToInt:
	case LLVMBitCast:
	case LLVMFreeze:
	case LLVMZExt:
	case LLVMSExt:
	case LLVMTrunc:
		return evaluation_operand(now, 0);
	case LLVMAdd:
	case LLVMSub:
	case LLVMMul:
	case LLVMUDiv:
	case LLVMSDiv:
	case LLVMURem:
	case LLVMSRem:
	case LLVMShl:
	case LLVMLShr:
	case LLVMAShr:
	case LLVMAnd:
	case LLVMOr:
	case LLVMXor:
		return evaluate_arithmetic(now);
	case LLVMPHI:
	case LLVMSelect:
		return evaluate_choice(now);
	case LLVMExtractValue:
		return evaluate_extract(now);
	case LLVMInsertValue:
		return evaluate_insert(now);
	case LLVMCall:
		return evaluate_call(now);
	case LLVMRet:
		return evaluate_return(now);
	case LLVMICmp:
	case LLVMBr:
	case LLVMSwitch:
	case LLVMFence:
	case LLVMUnreachable:
		return 0;
	default:
		refuse("%s: an instruction of LLVM's kind %d is not known here",
		       program_place(now->contexts->program, now->instruction),
		       (int)LLVMGetInstructionOpcode(now->instruction));
	}
}

void context_evaluate(struct contexts *contexts, uint32_t number)
{
	/* A copy: the list of functions may move while this one is evaluated. */
	struct function function =
	    contexts->program->functions.items[contexts->contexts.items[number].function];
	struct evaluation now = {
	    .contexts = contexts,
	    .memory = contexts->memory,
	    .number = number,
	    .function = &function,
	};

	indexes_fill(&function);
	contexts->contexts.items[number].calls.count = 0;
	contexts->contexts.items[number].problem = NULL;
	for (now.index = 0; now.index < function.instructions.count; now.index++) {
		now.instruction = function.instructions.items[now.index];

		uint32_t value = instruction_evaluate(&now);
		uint32_t *result = &evaluation_context(&now)->results[now.index];
		uint32_t sum = value_union(contexts->memory, *result, value);

		contexts->changed |= sum != *result;
		evaluation_context(&now)->results[now.index] = sum;
	}
}
