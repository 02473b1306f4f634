/* Who is to be told of what known.c found out, in which words. */

#include <tools/call_graph/known.h>
#include <tools/call_graph/names.h>
#include <tools/call_graph/nullable.h>
#include <tools/call_graph/types.h>
#include <tools/call_graph/wiring.h>
#include <tools/tbf/command_line.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define ON_EVERY_WAY "on every way to kernel_start()"

struct wiring {
	struct memory *memory;
	struct program *program;
	struct nullable nullable;
	struct known_start start;
	LIST(const char *) complaints;
};

/* --- W1 and W3 --- */

struct instance {
	uint32_t object;
	const char *name;
	bool is_constant;
	bool is_touched; /* something in it is there that must be */
	LIST(const char *) missing;
};

static const char *missing_text(const struct instance *instance, const char *of, const char *field,
				const char *path)
{
	if (instance->is_constant) {
		return text_new("%s.%s is NULL; give it a value, or declare it NULLABLE", path,
				field);
	}
	if (strcmp(field, "private_operations") == 0) {
		return text_new("%s is not bound " ON_EVERY_WAY
				"; call %s_bind() in its init function",
				path, of);
	}
	return text_new("%s.%s is not set " ON_EVERY_WAY
			"; set it in its init function, or declare it NULLABLE",
			path, field);
}

static void pointer_check(struct wiring *wiring, struct instance *instance, const char *of,
			  const struct field *field, uint32_t base, const char *path)
{
	uint32_t place = memory_location(wiring->memory, instance->object, base + field->offset);

	if (nullable_is(&wiring->nullable, of, field->offset)) {
		return;
	}
	if (known_has(wiring->memory, wiring->start.known, place)) {
		instance->is_touched = true;
	} else {
		LIST_ADD(&instance->missing, missing_text(instance, of, field->name, path));
	}
}

/* The path to a pointer that must be there, in any element; NULL: there is none. */
static const char *needed_in(const struct wiring *wiring, LLVMMetadataRef type)
{
	field_list fields = type_fields(wiring->program, type);

	LIST_EACH(&fields, field)
	{
		const char *inner = needed_in(wiring, field->type);

		if (inner != NULL) {
			return text_new("%s.%s", field->name, inner);
		}
		if (type_is_pointer(field->type) &&
		    !nullable_is(&wiring->nullable, type_struct_name(type), field->offset)) {
			return field->name;
		}
	}
	return NULL;
}

static void array_check(struct wiring *wiring, struct instance *instance, LLVMMetadataRef element,
			const char *path)
{
	const char *needed = needed_in(wiring, element);

	if (needed != NULL && !instance->is_constant) {
		LIST_ADD(
		    &instance->missing,
		    text_new(
			"%s[].%s: whether each element's is set cannot be seen; use variables of "
			"their own, or declare it NULLABLE",
			path, needed));
	}
}

static void fields_check(struct wiring *wiring, struct instance *instance, LLVMMetadataRef type,
			 uint32_t base, const char *path)
{
	LLVMMetadataRef element = type_element(wiring->program, type);
	field_list fields = type_fields(wiring->program, type);

	if (element != NULL) {
		array_check(wiring, instance, element, path);
		return;
	}
	LIST_EACH(&fields, field)
	{
		if (type_is_pointer(field->type)) {
			pointer_check(wiring, instance, type_struct_name(type), field, base, path);
		} else {
			fields_check(wiring, instance, field->type, base + field->offset,
				     text_new("%s.%s", path, field->name));
		}
	}
}

/* A function that prepares an object of this type. */
static const char *init_of(struct wiring *wiring, const char *type)
{
	const char *name = text_new("%s_init", type);

	return program_function_named(wiring->program, name) != NONE
		   ? text_new("call %s() in main", name)
		   : "call its init function in main";
}

static void instance_check(struct wiring *wiring, LLVMValueRef variable)
{
	LLVMMetadataRef type = type_of_variable(wiring->program, variable);
	struct instance instance = {
	    .object = memory_object(wiring->memory, variable),
	    .name = object_name(wiring->memory, memory_object(wiring->memory, variable)),
	    .is_constant = LLVMIsGlobalConstant(variable),
	};
	bool is_array = type_element(wiring->program, type) != NULL;

	fields_check(wiring, &instance, type, 0, instance.name);
	if (instance.missing.count > 0 && !instance.is_touched && !instance.is_constant &&
	    !is_array) {
		instance.missing.count = 0;
		LIST_ADD(&instance.missing,
			 text_new("%s is not initialised " ON_EVERY_WAY "; %s", instance.name,
				  init_of(wiring, type_struct_name(type))));
	}
	LIST_EACH(&instance.missing, text)
	{
		LIST_ADD(&wiring->complaints, *text);
	}
}

static void instances_check(struct wiring *wiring)
{
	LLVMModuleRef ir = wiring->program->modules.items[wiring->start.module].ir;

	for (LLVMValueRef each = LLVMGetFirstGlobal(ir); each != NULL;
	     each = LLVMGetNextGlobal(each)) {
		if (!LLVMIsDeclaration(each) && type_of_variable(wiring->program, each) != NULL) {
			instance_check(wiring, each);
		}
	}
}

/* --- W2 --- */

/* Of what is there in the end: for the rest there is a complaint already. */
static void early_check(struct wiring *wiring)
{
	LIST_EACH(&wiring->start.early, each)
	{
		if (known_has(wiring->memory, wiring->start.known, each->place)) {
			LIST_ADD(
			    &wiring->complaints,
			    text_new(
				"%s: %s() reads %s before it is set; initialise in another order",
				program_place(wiring->program, each->instruction), each->function,
				location_path(wiring->memory, each->place)));
		}
	}
}

/* --- All --- */

void wiring_check(const struct machine *machine, struct contexts *contexts,
		  const number_list *roots)
{
	struct wiring wiring = {.memory = contexts->memory, .program = contexts->program};

	if (!known_at_start(&wiring.start, machine, contexts, roots)) {
		return;
	}
	nullable_read(&wiring.nullable, contexts->program);
	instances_check(&wiring);
	early_check(&wiring);
	for (uint32_t i = 0; i + 1 < wiring.complaints.count; i++) {
		fprintf(stderr, "%s: %s\n", program_invocation_short_name,
			wiring.complaints.items[i]);
	}
	if (wiring.complaints.count > 0) {
		refuse("%s", wiring.complaints.items[wiring.complaints.count - 1]);
	}
}
