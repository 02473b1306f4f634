#pragma once

#include <llvm-c/Core.h>
#include <llvm-c/Target.h>
#include <tools/call_graph/list.h>
#include <tools/call_graph/map.h>

/* The image's C as clang sees it, one module of LLVM bitcode for each source, not optimised: every
 * call of the source is there, between functions with the names that the source gives them. */

struct module {
	const char *source; /* as the compiler was given it, "capsules/console.c" */
	LLVMModuleRef ir;
};

struct function {
	const char *name;
	uint32_t module;
	LLVMValueRef value;
	LIST(LLVMValueRef) instructions;
};

/* __attribute__((annotate(word))) of a function or variable. */
struct annotation {
	LLVMValueRef value;
	const char *word;
};

struct program {
	LLVMContextRef context;
	LLVMTargetDataRef layout;
	LIST(struct module) modules;
	LIST(struct function) functions;
	struct map functions_by_value;
	struct map definitions; /* of what linkage makes known to all, by hash of the name */
	LIST(struct annotation) annotations;
};

enum {
	NONE = UINT32_MAX, /* no function, no object, ... */
};

void program_add_module(struct program *program, const char *path);

/* The function or variable that a name of one module means: itself if it is defined there, else the
 * definition that the linker would find; NULL: none (assembly, or the linker script). */
LLVMValueRef program_definition(struct program *program, LLVMValueRef value);

/* The number of a function that is defined; the same for each call. */
uint32_t program_function(struct program *program, LLVMValueRef definition);

/* By name, among those known to all; NONE if there is none. */
uint32_t program_function_named(struct program *program, const char *name);

/* Whether a definition is annotated with this word. */
bool program_is_annotated(const struct program *program, LLVMValueRef definition, const char *word);

/* Bytes. */
uint32_t program_size_of(const struct program *program, LLVMTypeRef type);

/* "capsules/console.c:68" */
const char *program_place(const struct program *program, LLVMValueRef instruction);
