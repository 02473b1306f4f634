#include <tools/call_graph/types.h>

#include <string.h>

/* DWARF 5, section 7.5.3. */
enum tag {
	TAG_ARRAY = 0x01,
	TAG_MEMBER = 0x0d,
	TAG_POINTER = 0x0f,
	TAG_STRUCT = 0x13,
	TAG_TYPEDEF = 0x16,
	TAG_UNION = 0x17,
	TAG_CONST = 0x26,
	TAG_VOLATILE = 0x35,
};

/* Operands of LLVM's nodes (llvm/IR/DebugInfoMetadata.h). */
enum operand {
	TYPE_BASE = 3,
	TYPE_ELEMENTS = 4,
	VARIABLE_TYPE = 3,
	SUBROUTINE_TYPES = 3,
	SUBPROGRAM_TYPE = 4,
};

static LLVMMetadataRef node_operand(const struct program *program, LLVMMetadataRef node,
				    uint32_t number)
{
	LLVMValueRef value = LLVMMetadataAsValue(program->context, node);
	uint32_t count = LLVMGetMDNodeNumOperands(value);
	LLVMValueRef *operands = memory_new(count, sizeof(operands[0]));

	LLVMGetMDNodeOperands(value, operands);
	return number < count && operands[number] != NULL ? LLVMValueAsMetadata(operands[number])
							  : NULL;
}

LLVMMetadataRef type_plain(const struct program *program, LLVMMetadataRef type)
{
	while (type != NULL) {
		uint16_t tag = LLVMGetDINodeTag(type);

		if (tag != TAG_TYPEDEF && tag != TAG_CONST && tag != TAG_VOLATILE) {
			break;
		}
		type = node_operand(program, type, TYPE_BASE);
	}
	return type;
}

LLVMMetadataRef type_of_variable(const struct program *program, LLVMValueRef variable)
{
	size_t count;
	LLVMValueMetadataEntry *entries = LLVMGlobalCopyAllMetadata(variable, &count);
	LLVMMetadataRef type = NULL;

	for (unsigned i = 0; i < count; i++) {
		LLVMMetadataRef node = LLVMValueMetadataEntriesGetMetadata(entries, i);

		if (LLVMGetMetadataKind(node) == LLVMDIGlobalVariableExpressionMetadataKind) {
			node = LLVMDIGlobalVariableExpressionGetVariable(node);
			type = type_plain(program, node_operand(program, node, VARIABLE_TYPE));
		}
	}
	LLVMDisposeValueMetadataEntries(entries);
	return type;
}

static const char *name_of(LLVMMetadataRef type)
{
	size_t length;
	const char *name = LLVMDITypeGetName(type, &length);

	return name != NULL ? text_new("%.*s", (int)length, name) : "";
}

static bool is_struct(LLVMMetadataRef type)
{
	return type != NULL &&
	       (LLVMGetDINodeTag(type) == TAG_STRUCT || LLVMGetDINodeTag(type) == TAG_UNION);
}

const char *type_struct_name(LLVMMetadataRef type)
{
	return is_struct(type) ? name_of(type) : "";
}

field_list type_fields(const struct program *program, LLVMMetadataRef type)
{
	field_list fields = {0};
	LLVMMetadataRef elements =
	    is_struct(type) ? node_operand(program, type, TYPE_ELEMENTS) : NULL;
	LLVMMetadataRef each;

	for (uint32_t i = 0; elements != NULL; i++) {
		each = node_operand(program, elements, i);
		if (each == NULL) {
			break;
		}
		if (LLVMGetDINodeTag(each) == TAG_MEMBER) {
			LIST_ADD(
			    &fields,
			    ((struct field){
				.name = name_of(each),
				.offset = (uint32_t)(LLVMDITypeGetOffsetInBits(each) / 8),
				.size = (uint32_t)(LLVMDITypeGetSizeInBits(each) / 8),
				.type = type_plain(program, node_operand(program, each, TYPE_BASE)),
			    }));
		}
	}
	return fields;
}

static LLVMMetadataRef base_of_tag(const struct program *program, LLVMMetadataRef type,
				   enum tag tag)
{
	if (type == NULL || LLVMGetDINodeTag(type) != tag) {
		return NULL;
	}
	return type_plain(program, node_operand(program, type, TYPE_BASE));
}

bool type_is_pointer(LLVMMetadataRef type)
{
	return type != NULL && LLVMGetDINodeTag(type) == TAG_POINTER;
}

LLVMMetadataRef type_pointee(const struct program *program, LLVMMetadataRef type)
{
	return base_of_tag(program, type, TAG_POINTER);
}

LLVMMetadataRef type_element(const struct program *program, LLVMMetadataRef type)
{
	return base_of_tag(program, type, TAG_ARRAY);
}

uint32_t type_size(LLVMMetadataRef type)
{
	return type != NULL ? (uint32_t)(LLVMDITypeGetSizeInBits(type) / 8) : 0;
}

LLVMMetadataRef type_parameter_pointee(const struct program *program, LLVMValueRef function,
				       uint32_t parameter)
{
	LLVMMetadataRef subprogram = LLVMGetSubprogram(function);
	LLVMMetadataRef types;
	LLVMMetadataRef type;

	if (subprogram == NULL) {
		return NULL;
	}
	type = node_operand(program, subprogram, SUBPROGRAM_TYPE);
	types = type != NULL ? node_operand(program, type, SUBROUTINE_TYPES) : NULL;
	/* The first is what it returns. */
	if (types == NULL || LLVMGetMDNodeNumOperands(LLVMMetadataAsValue(
				 program->context, types)) != LLVMCountParams(function) + 1) {
		return NULL;
	}
	return type_pointee(program,
			    type_plain(program, node_operand(program, types, parameter + 1)));
}

typedef LIST(LLVMTypeRef) type_list;

static void filling_add(const struct program *program, type_list *parts, uint32_t from, uint32_t to)
{
	if (to > from) {
		LIST_ADD(parts, LLVMArrayType2(LLVMInt8TypeInContext(program->context), to - from));
	}
}

static LLVMTypeRef fields_layout(const struct program *program, LLVMMetadataRef type)
{
	field_list fields = type_fields(program, type);
	type_list parts = {0};
	uint32_t end = 0;

	LIST_EACH(&fields, field)
	{
		if (field->offset >= end) { /* else it shares the place of another, in a union */
			filling_add(program, &parts, end, field->offset);
			LIST_ADD(&parts, type_layout(program, field->type));
			end = field->offset + field->size;
		}
	}
	filling_add(program, &parts, end, type_size(type));
	return LLVMStructTypeInContext(program->context, parts.items, parts.count, true);
}

LLVMTypeRef type_layout(const struct program *program, LLVMMetadataRef type)
{
	LLVMMetadataRef element = type_element(program, type);

	if (element != NULL && type_size(element) > 0) {
		return LLVMArrayType2(type_layout(program, element),
				      type_size(type) / type_size(element));
	}
	if (is_struct(type)) {
		return fields_layout(program, type);
	}
	return LLVMIntTypeInContext(program->context,
				    type_size(type) > 0 ? type_size(type) * 8 : 8);
}
