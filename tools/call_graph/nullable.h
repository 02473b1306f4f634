#pragma once

#include <tools/call_graph/program.h>

/* Which fields of which structs are NULLABLE (kernel/annotation.h). Clang marks each use of such a field;
 * one that no code uses is not known. */
struct nullable {
	struct map fields;
};

void nullable_read(struct nullable *nullable, const struct program *program);

bool nullable_is(const struct nullable *nullable, const char *struct_name, uint32_t offset);

/* Whether a pointer is to a field, used as a NULLABLE one. */
bool nullable_is_access(LLVMValueRef pointer);
