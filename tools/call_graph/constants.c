/* Constants of the program as values: addresses of variables and functions, and tables of them. */

#include <tools/call_graph/memory.h>
#include <tools/tbf/command_line.h>

static uint32_t fields_value(struct memory *memory, LLVMValueRef constant)
{
	LLVMTypeRef type = LLVMTypeOf(constant);
	bool is_struct = LLVMGetTypeKind(type) == LLVMStructTypeKind;
	uint32_t value = 0;

	for (unsigned i = 0; i < (unsigned)LLVMGetNumOperands(constant); i++) {
		LLVMValueRef field = LLVMGetOperand(constant, i);
		uint64_t offset =
		    is_struct ? LLVMOffsetOfElement(memory->program->layout, type, i)
			      : i * LLVMABISizeOfType(memory->program->layout, LLVMTypeOf(field));

		value =
		    value_union(memory, value,
				value_at(memory, memory_constant(memory, field), (uint32_t)offset));
	}
	return value;
}

/* A pointer into a variable, by constant steps. */
static uint32_t address_value(struct memory *memory, LLVMValueRef expression)
{
	LLVMTypeRef type = LLVMGetGEPSourceElementType(expression);
	uint32_t base = value_set(memory, memory_constant(memory, LLVMGetOperand(expression, 0)));
	int64_t by = 0;

	for (unsigned i = 1; i < (unsigned)LLVMGetNumOperands(expression); i++) {
		int64_t index = LLVMConstIntGetSExtValue(LLVMGetOperand(expression, i));

		if (i == 1) {
			by += index * program_size_of(memory->program, type);
		} else if (LLVMGetTypeKind(type) == LLVMStructTypeKind) {
			by += (int64_t)LLVMOffsetOfElement(memory->program->layout, type,
							   (unsigned)index);
			type = LLVMStructGetTypeAtIndex(type, (unsigned)index);
		} else {
			type = LLVMGetElementType(type);
			by += index * program_size_of(memory->program, type);
		}
	}

	struct set from = set_get(memory, base);
	uint32_t set = 0;

	for (uint32_t i = 0; i < from.count; i++) {
		set = set_union(memory, set,
				set_of(memory, memory_step(memory, from.locations[i], by)));
	}
	return value_of_set(memory, set);
}

/* An address that the source names: a register block, or the null pointer. */
static uint32_t number_as_pointer(struct memory *memory, LLVMValueRef number)
{
	if (LLVMIsAConstantInt(number) == NULL) {
		return memory_constant(memory, number);
	}

	uint32_t address = (uint32_t)LLVMConstIntGetZExtValue(number);

	if (address == 0) {
		return 0;
	}
	return value_of_set(
	    memory, set_of(memory, memory_location(memory, memory_registers(memory, address), 0)));
}

static uint32_t expression_value(struct memory *memory, LLVMValueRef expression)
{
	uint32_t value = 0;

	switch (LLVMGetConstOpcode(expression)) {
	case LLVMGetElementPtr:
		return address_value(memory, expression);
	case LLVMIntToPtr:
		return number_as_pointer(memory, LLVMGetOperand(expression, 0));
	default:
		for (unsigned i = 0; i < (unsigned)LLVMGetNumOperands(expression); i++) {
			value = value_union(memory, value,
					    memory_constant(memory, LLVMGetOperand(expression, i)));
		}
		return value;
	}
}

static uint32_t constant_value(struct memory *memory, LLVMValueRef constant)
{
	switch (LLVMGetValueKind(constant)) {
	case LLVMFunctionValueKind:
	case LLVMGlobalVariableValueKind: {
		uint32_t object = memory_object(memory, constant);

		return value_of_set(memory, set_of(memory, memory_location(memory, object, 0)));
	}
	case LLVMConstantExprValueKind:
		return expression_value(memory, constant);
	case LLVMConstantStructValueKind:
	case LLVMConstantArrayValueKind:
		return fields_value(memory, constant);
	case LLVMUndefValueValueKind:
	case LLVMPoisonValueValueKind:
	case LLVMConstantAggregateZeroValueKind:
	case LLVMConstantDataArrayValueKind:
	case LLVMConstantIntValueKind:
	case LLVMConstantPointerNullValueKind:
		return 0;
	default:
		refuse("a constant of LLVM's kind %d is not known here",
		       (int)LLVMGetValueKind(constant));
	}
}

uint32_t memory_constant(struct memory *memory, LLVMValueRef constant)
{
	uint32_t value;

	if (!map_find(&memory->constants, map_key_pointer(constant), &value)) {
		value = constant_value(memory, constant);
		map_put(&memory->constants, map_key_pointer(constant), value);
	}
	return value;
}
