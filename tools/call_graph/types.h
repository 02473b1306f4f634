#pragma once

#include <llvm-c/DebugInfo.h>
#include <stdbool.h>
#include <tools/call_graph/program.h>

/* Types as the source wrote them, with the names of fields, from the debug information. */

struct field {
	const char *name;
	uint32_t offset; /* bytes */
	uint32_t size;   /* bytes */
	LLVMMetadataRef type;
};

typedef LIST(struct field) field_list;

/* Without typedef, const and volatile. NULL: none is known. */
LLVMMetadataRef type_of_variable(const struct program *program, LLVMValueRef variable);
LLVMMetadataRef type_plain(const struct program *program, LLVMMetadataRef type);

/* The name of a struct or union, else "". */
const char *type_struct_name(LLVMMetadataRef type);

/* The fields of a struct or union; none for any other type. */
field_list type_fields(const struct program *program, LLVMMetadataRef type);

bool type_is_pointer(LLVMMetadataRef type);

/* What a pointer points to (plain), or what an array is made of; NULL: it is neither. */
LLVMMetadataRef type_pointee(const struct program *program, LLVMMetadataRef type);
LLVMMetadataRef type_element(const struct program *program, LLVMMetadataRef type);

/* Bytes. */
uint32_t type_size(LLVMMetadataRef type);

/* What a parameter of a function points to (plain), counted as LLVM counts them; NULL: it is no
 * pointer, or the function has other parameters for LLVM than in the source. */
LLVMMetadataRef type_parameter_pointee(const struct program *program, LLVMValueRef function,
				       uint32_t parameter);

/* The same type for LLVM, with each field where it is and each array an array. Clang gives a variable
 * another type when its initializer leaves parts of an array out. */
LLVMTypeRef type_layout(const struct program *program, LLVMMetadataRef type);
