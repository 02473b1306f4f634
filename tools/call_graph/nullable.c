#include <tools/call_graph/nullable.h>

#include <ctype.h>
#include <string.h>

#define MARK "llvm.ptr.annotation."
#define WORD "nullable"

static bool is_mark(LLVMValueRef value)
{
	size_t length;

	if (LLVMIsACallInst(value) == NULL || LLVMIsAFunction(LLVMGetCalledValue(value)) == NULL) {
		return false;
	}
	return strncmp(LLVMGetValueName2(LLVMGetCalledValue(value), &length), MARK, strlen(MARK)) ==
	       0;
}

bool nullable_is_access(LLVMValueRef pointer)
{
	LLVMValueRef text;
	size_t length;
	const char *word;

	if (!is_mark(pointer)) {
		return false;
	}
	text = LLVMGetInitializer(LLVMGetOperand(pointer, 1));
	if (text == NULL || !LLVMIsConstantString(text)) {
		return false;
	}
	word = LLVMGetAsString(text, &length);
	return strcmp(word, WORD) == 0 || nullable_is_access(LLVMGetOperand(pointer, 0));
}

/* "struct.uart.12" is uart: LLVM tells equal names of different modules apart by numbers. */
static const char *struct_name_of(LLVMTypeRef type)
{
	const char *name =
	    LLVMGetTypeKind(type) == LLVMStructTypeKind ? LLVMGetStructName(type) : NULL;
	char *copy;
	char *end;

	if (name == NULL || strncmp(name, "struct.", 7) != 0) {
		return NULL;
	}
	copy = text_new("%s", name + 7);
	end = strrchr(copy, '.');
	if (end != NULL && isdigit((unsigned char)end[1])) {
		*end = '\0';
	}
	return copy;
}

static uint64_t key_of(const char *name, uint32_t offset)
{
	uint64_t hash = offset * 31 + 1469598103934665603u;

	for (; *name != '\0'; name++) {
		hash = (hash ^ (unsigned char)*name) * 1099511628211u;
	}
	return hash;
}

/* The field that a mark is on: a step of two constants, to the struct and in it. */
static void mark_read(struct nullable *nullable, const struct program *program, LLVMValueRef mark)
{
	LLVMValueRef field = LLVMGetOperand(mark, 0);
	const char *name;
	LLVMTypeRef type;

	while (is_mark(field)) {
		field = LLVMGetOperand(field, 0);
	}
	if (LLVMIsAGetElementPtrInst(field) == NULL || LLVMGetNumOperands(field) != 3) {
		return;
	}
	type = LLVMGetGEPSourceElementType(field);
	name = struct_name_of(type);
	if (name != NULL) {
		unsigned number = (unsigned)LLVMConstIntGetZExtValue(LLVMGetOperand(field, 2));
		uint64_t offset = LLVMOffsetOfElement(program->layout, type, number);

		map_put(&nullable->fields, key_of(name, (uint32_t)offset), 1);
	}
}

static void function_read(struct nullable *nullable, const struct program *program,
			  LLVMValueRef function)
{
	for (LLVMBasicBlockRef block = LLVMGetFirstBasicBlock(function); block != NULL;
	     block = LLVMGetNextBasicBlock(block)) {
		for (LLVMValueRef each = LLVMGetFirstInstruction(block); each != NULL;
		     each = LLVMGetNextInstruction(each)) {
			if (nullable_is_access(each)) {
				mark_read(nullable, program, each);
			}
		}
	}
}

void nullable_read(struct nullable *nullable, const struct program *program)
{
	LIST_EACH(&program->modules, module)
	{
		for (LLVMValueRef each = LLVMGetFirstFunction(module->ir); each != NULL;
		     each = LLVMGetNextFunction(each)) {
			function_read(nullable, program, each);
		}
	}
}

bool nullable_is(const struct nullable *nullable, const char *struct_name, uint32_t offset)
{
	uint32_t number;

	return map_find(&nullable->fields, key_of(struct_name, offset), &number);
}
