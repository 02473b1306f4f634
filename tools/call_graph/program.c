#include <tools/call_graph/program.h>
#include <tools/tbf/command_line.h>

#include <llvm-c/BitReader.h>
#include <string.h>

static LLVMModuleRef module_read(struct program *program, const char *path)
{
	LLVMMemoryBufferRef buffer;
	LLVMModuleRef ir;
	char *message;

	if (LLVMCreateMemoryBufferWithContentsOfFile(path, &buffer, &message)) {
		refuse("%s: %s", path, message);
	}
	if (LLVMParseBitcodeInContext2(program->context, buffer, &ir)) {
		refuse("%s: not bitcode of LLVM 19; delete it and build again", path);
	}
	LLVMDisposeMemoryBuffer(buffer);
	return ir;
}

static uint64_t name_hash(const char *name)
{
	uint64_t hash = 14695981039346656037u; /* FNV-1a */

	for (; *name != '\0'; name++) {
		hash = (hash ^ (unsigned char)*name) * 1099511628211u;
	}
	return hash;
}

static const char *name_of(LLVMValueRef value)
{
	size_t length;

	return LLVMGetValueName2(value, &length);
}

static bool is_local(LLVMValueRef value)
{
	LLVMLinkage linkage = LLVMGetLinkage(value);

	/* Appending: lists that the compiler makes for itself in each module. */
	return linkage == LLVMInternalLinkage || linkage == LLVMPrivateLinkage ||
	       linkage == LLVMAppendingLinkage;
}

/* Makes a definition known to the other modules. */
static void definition_add(struct program *program, LLVMValueRef value, uint32_t module)
{
	uint32_t other;

	if (LLVMIsDeclaration(value) || is_local(value)) {
		return;
	}
	if (map_find(&program->definitions, name_hash(name_of(value)), &other)) {
		refuse("%s: defined by %s and %s; give one another name", name_of(value),
		       program->modules.items[other].source, program->modules.items[module].source);
	}
	map_put(&program->definitions, name_hash(name_of(value)), module);
}

/* Clang lists them in an array of structs: value, word, and where that is written. */
static void annotations_add(struct program *program, LLVMModuleRef ir)
{
	LLVMValueRef list = LLVMGetNamedGlobal(ir, "llvm.global.annotations");
	size_t length;

	if (list == NULL) {
		return;
	}
	list = LLVMGetInitializer(list);
	for (unsigned i = 0; i < (unsigned)LLVMGetNumOperands(list); i++) {
		LLVMValueRef entry = LLVMGetOperand(list, i);
		LLVMValueRef word = LLVMGetInitializer(LLVMGetOperand(entry, 1));

		LIST_ADD(&program->annotations,
			 ((struct annotation){LLVMGetOperand(entry, 0),
					      LLVMGetAsString(word, &length)}));
	}
}

bool program_is_annotated(const struct program *program, LLVMValueRef definition, const char *word)
{
	LIST_EACH(&program->annotations, each)
	{
		if (each->value == definition && strcmp(each->word, word) == 0) {
			return true;
		}
	}
	return false;
}

void program_add_module(struct program *program, const char *path)
{
	uint32_t number = program->modules.count;
	size_t length;

	if (program->context == NULL) {
		program->context = LLVMContextCreate();
	}

	LLVMModuleRef ir = module_read(program, path);

	LIST_ADD(&program->modules,
		 ((struct module){.source = LLVMGetSourceFileName(ir, &length), .ir = ir}));
	program->layout = LLVMGetModuleDataLayout(ir);
	annotations_add(program, ir);
	for (LLVMValueRef f = LLVMGetFirstFunction(ir); f != NULL; f = LLVMGetNextFunction(f)) {
		definition_add(program, f, number);
	}
	for (LLVMValueRef g = LLVMGetFirstGlobal(ir); g != NULL; g = LLVMGetNextGlobal(g)) {
		definition_add(program, g, number);
	}
}

static LLVMValueRef definition_named(struct program *program, const char *name)
{
	uint32_t module;

	if (!map_find(&program->definitions, name_hash(name), &module)) {
		return NULL;
	}

	LLVMModuleRef ir = program->modules.items[module].ir;
	LLVMValueRef function = LLVMGetNamedFunction(ir, name);

	return function != NULL ? function : LLVMGetNamedGlobal(ir, name);
}

LLVMValueRef program_definition(struct program *program, LLVMValueRef value)
{
	return LLVMIsDeclaration(value) ? definition_named(program, name_of(value)) : value;
}

static void instructions_list(struct function *function)
{
	for (LLVMBasicBlockRef block = LLVMGetFirstBasicBlock(function->value); block != NULL;
	     block = LLVMGetNextBasicBlock(block)) {
		for (LLVMValueRef each = LLVMGetFirstInstruction(block); each != NULL;
		     each = LLVMGetNextInstruction(each)) {
			LIST_ADD(&function->instructions, each);
		}
	}
}

static uint32_t module_of(const struct program *program, LLVMValueRef value)
{
	LLVMModuleRef ir = LLVMGetGlobalParent(value);
	uint32_t number = 0;

	while (program->modules.items[number].ir != ir) {
		number++;
	}
	return number;
}

uint32_t program_function(struct program *program, LLVMValueRef definition)
{
	uint32_t number;

	if (map_find(&program->functions_by_value, map_key_pointer(definition), &number)) {
		return number;
	}
	number = program->functions.count;

	struct function *function = LIST_NEW(&program->functions);

	*function = (struct function){
	    .name = name_of(definition),
	    .module = module_of(program, definition),
	    .value = definition,
	};
	instructions_list(function);
	map_put(&program->functions_by_value, map_key_pointer(definition), number);
	return number;
}

uint32_t program_function_named(struct program *program, const char *name)
{
	LLVMValueRef found = definition_named(program, name);

	return found != NULL && LLVMIsAFunction(found) ? program_function(program, found) : NONE;
}

uint32_t program_size_of(const struct program *program, LLVMTypeRef type)
{
	return (uint32_t)LLVMABISizeOfType(program->layout, type);
}

const char *program_place(const struct program *program, LLVMValueRef instruction)
{
	unsigned length = 0;
	const char *file = LLVMGetDebugLocFilename(instruction, &length);

	(void)program;
	if (file == NULL) {
		return "unknown place";
	}
	return text_new("%.*s:%u", (int)length, file, LLVMGetDebugLocLine(instruction));
}
