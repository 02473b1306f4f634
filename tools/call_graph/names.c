#include <tools/call_graph/names.h>
#include <tools/call_graph/types.h>

#include <string.h>

const char *object_name(const struct memory *memory, uint32_t number)
{
	const struct object *object = &memory->objects.items[number];
	size_t length;

	switch (object->kind) {
	case OBJECT_VARIABLE:
	case OBJECT_FUNCTION:
		return LLVMGetValueName2(object->value, &length);
	case OBJECT_LOCAL:
		return "a local variable";
	case OBJECT_REGISTERS:
		return text_new("registers at 0x%08x", object->address);
	default:
		return "computed memory";
	}
}

/* Goes down to the field at `offset` whose type is the struct wanted. NULL: there is none. */
static const char *field_path(const struct program *program, LLVMMetadataRef type, uint32_t offset,
			      const char *wanted)
{
	LLVMMetadataRef element = type_element(program, type);

	if (element != NULL && type_size(element) > 0) {
		return field_path(program, element, offset % type_size(element), wanted);
	}
	if (offset == 0 && (wanted[0] == '\0' || strcmp(type_struct_name(type), wanted) == 0)) {
		return "";
	}

	field_list fields = type_fields(program, type);

	LIST_EACH(&fields, field)
	{
		const char *path;

		if (offset < field->offset || offset - field->offset >= field->size) {
			continue;
		}
		path = field_path(program, field->type, offset - field->offset, wanted);
		if (path != NULL) {
			return text_new(".%s%s", field->name, path);
		}
	}
	return NULL;
}

const char *location_name(const struct memory *memory, uint32_t location, const char *struct_name)
{
	struct location at = memory->locations.items[location];
	const struct object *object = &memory->objects.items[at.object];
	const char *path = NULL;

	if (object->kind == OBJECT_VARIABLE) {
		path = field_path(memory->program, type_of_variable(memory->program, object->value),
				  at.offset, struct_name);
	}
	return text_new("%s%s", object_name(memory, at.object), path != NULL ? path : "");
}

const char *location_path(const struct memory *memory, uint32_t location)
{
	struct location at = memory->locations.items[location];
	const struct object *object = &memory->objects.items[at.object];
	const char *path = object_name(memory, at.object);
	LLVMMetadataRef type = object->kind == OBJECT_VARIABLE
				   ? type_of_variable(memory->program, object->value)
				   : NULL;
	uint32_t offset = at.offset;
	field_list fields;

	while ((fields = type_fields(memory->program, type)).count > 0) {
		const struct field *inside = &fields.items[0];

		LIST_EACH(&fields, field)
		{
			inside = field->offset <= offset ? field : inside;
		}
		path = text_new("%s.%s", path, inside->name);
		type = inside->type;
		offset -= inside->offset;
	}
	return path;
}
