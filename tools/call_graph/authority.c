/* boards/BOARD/authority.txt. Everything is in the order of names, so that a change of the board's
 * wiring changes the lines that it is about and no others. */

#include <tools/call_graph/authority.h>
#include <tools/call_graph/names.h>
#include <tools/call_graph/types.h>

#include <string.h>

/* One line of the report. Lines without an instance are of the board itself. */
struct line {
	const char *instance; /* "console" */
	const char *subject;  /* "console_init" */
	const char *text;     /* "struct uart: console_port.uart" */
	uint32_t order;       /* among those with the same subject */
};

struct authority {
	const struct contexts *contexts;
	struct memory *memory;
	struct program *program;
	struct board_tables tables;
	LIST(struct line) lines;
};

static void line_add(struct authority *authority, const char *instance, const char *subject,
		     const char *text)
{
	LIST_ADD(&authority->lines,
		 ((struct line){instance, subject, text, authority->lines.count}));
}

static const struct object *object_at(const struct authority *authority, uint32_t location)
{
	const struct memory *memory = authority->memory;

	return &memory->objects.items[memory->locations.items[location].object];
}

static bool is_of_board(const struct authority *authority, LLVMValueRef value)
{
	return LLVMGetGlobalParent(value) ==
	       authority->program->modules.items[authority->tables.module].ir;
}

/* --- What is handed --- */

static const char *array_text(struct authority *authority, LLVMValueRef variable)
{
	LLVMTypeRef type = LLVMGlobalGetValueType(variable);
	size_t length;

	return text_new("%s, %u bytes", LLVMGetValueName2(variable, &length),
			program_size_of(authority->program, type));
}

static void locations_add(struct authority *authority, const struct line *line, uint32_t set,
			  const char *struct_name);

/* What the pointers at a location lead to: those in an array, or the bytes of a buffer. */
static void contents_add(struct authority *authority, const struct line *line, uint32_t location,
			 const char *struct_name)
{
	struct memory *memory = authority->memory;
	number_list cells = object_at(authority, location)->cells;
	uint32_t set = 0;

	for (uint32_t i = 0; i < cells.count; i++) {
		set = set_union(memory, set, memory->cells.items[cells.items[i]].set);
	}
	locations_add(authority, line, set, struct_name);
}

static void location_add(struct authority *authority, const struct line *line, uint32_t location,
			 const char *struct_name)
{
	const struct object *object = object_at(authority, location);
	const char *what =
	    struct_name[0] != '\0' ? text_new("struct %s", struct_name) : "a pointer";

	if (object->kind == OBJECT_LOCAL) {
		contents_add(authority, line, location, struct_name);
	} else if (object->kind == OBJECT_REGISTERS) {
		line_add(authority, line->instance, line->subject,
			 text_new("%s at 0x%08x", what, object->address));
	} else if (object->kind == OBJECT_VARIABLE &&
		   LLVMGetTypeKind(object->type) == LLVMArrayTypeKind && object->cells.count > 0) {
		contents_add(authority, line, location, struct_name);
	} else if (object->kind == OBJECT_VARIABLE &&
		   LLVMGetTypeKind(object->type) == LLVMArrayTypeKind) {
		line_add(authority, line->instance, line->subject,
			 text_new("%s: %s", what, array_text(authority, object->value)));
	} else {
		line_add(authority, line->instance, line->subject,
			 text_new("%s: %s", what,
				  location_name(authority->memory, location, struct_name)));
	}
}

static void locations_add(struct authority *authority, const struct line *line, uint32_t set,
			  const char *struct_name)
{
	struct set locations = set_get(authority->memory, set);

	for (uint32_t i = 0; i < locations.count; i++) {
		location_add(authority, line, locations.locations[i], struct_name);
	}
}

/* The struct at the end of pointers and arrays. */
static const char *struct_at_end(const struct program *program, LLVMMetadataRef type)
{
	while (type != NULL && type_struct_name(type)[0] == '\0') {
		LLVMMetadataRef next = type_pointee(program, type);

		type = next != NULL ? next : type_element(program, type);
	}
	return type != NULL ? type_struct_name(type) : "";
}

static void argument_add(struct authority *authority, const struct line *line,
			 const struct context *callee, uint32_t parameter, LLVMValueRef argument)
{
	LLVMValueRef function = authority->program->functions.items[callee->function].value;
	LLVMMetadataRef pointee = type_parameter_pointee(authority->program, function, parameter);
	uint32_t set = value_set(authority->memory, callee->arguments[parameter]);

	if (LLVMIsAConstantInt(argument) != NULL) {
		line_add(authority, line->instance, line->subject,
			 text_new("the number 0x%llx", LLVMConstIntGetZExtValue(argument)));
	}
	locations_add(authority, line, set, struct_at_end(authority->program, pointee));
}

/* --- Calls of the board's functions --- */

/* The variable of the board that a call prepares, or NULL. */
static const char *instance_of_call(const struct authority *authority, uint32_t target)
{
	uint32_t location = context_instance(authority->contexts, target);
	const struct object *object;

	if (location == NONE) {
		return NULL;
	}
	object = object_at(authority, location);
	if (object->kind != OBJECT_VARIABLE || !is_of_board(authority, object->value) ||
	    LLVMIsGlobalConstant(object->value)) {
		return NULL;
	}
	return object_name(authority->memory, authority->memory->locations.items[location].object);
}

static void call_add(struct authority *authority, const struct context *caller,
		     const struct call *call, uint32_t target)
{
	const struct context *callee = &authority->contexts->contexts.items[target];
	LLVMValueRef instruction = authority->program->functions.items[caller->function]
				       .instructions.items[call->instruction];
	struct line line = {
	    .instance = instance_of_call(authority, target),
	    .subject = context_function_name(authority->contexts, target),
	};
	uint32_t before = authority->lines.count;

	for (uint32_t i = line.instance != NULL ? 1 : 0; i < callee->argument_count; i++) {
		argument_add(authority, &line, callee, i, LLVMGetOperand(instruction, i));
	}
	if (authority->lines.count == before) {
		line_add(authority, line.instance, line.subject, "nothing");
	}
}

static void calls_add(struct authority *authority, const struct context *caller)
{
	LIST_EACH(&caller->calls, call)
	{
		LIST_EACH(&call->targets, target)
		{
			const struct context *callee =
			    &authority->contexts->contexts.items[*target];
			LLVMValueRef function =
			    authority->program->functions.items[callee->function].value;

			if (!is_of_board(authority, function)) {
				call_add(authority, caller, call, *target);
			}
		}
	}
}

/* --- Numbers, lines and clients --- */

static void listings_add(struct authority *authority)
{
	LIST_EACH(&authority->tables.listings, listing)
	{
		uint32_t object = authority->memory->locations.items[listing->location].object;

		const char *handler =
		    location_name(authority->memory, listing->location, listing->interface);

		line_add(authority, object_name(authority->memory, object), "reached as",
			 text_new("%s, by %s", listing->role, handler));
	}
}

/* Whom an instance's interfaces call back. */
static void clients_add(struct authority *authority, uint32_t object, LLVMMetadataRef type,
			uint32_t base)
{
	field_list fields = type_fields(authority->program, type);
	struct memory *memory = authority->memory;

	LIST_EACH(&fields, field)
	{
		uint32_t place = memory_location(memory, object, base + field->offset);

		if (strcmp(field->name, "private_client") != 0) {
			clients_add(authority, object, field->type, base + field->offset);
			continue;
		}

		uint32_t set = value_set(
		    memory, memory_load(memory, set_of(memory, place),
					LLVMPointerTypeInContext(authority->program->context, 0)));
		struct line line = {.instance = object_name(memory, object),
				    .subject = "calls back"};

		locations_add(authority, &line, set,
			      type_struct_name(type_pointee(authority->program, field->type)));
	}
}

/* --- The report --- */

static int line_compare(const void *first, const void *second)
{
	const struct line *a = first;
	const struct line *b = second;
	int order =
	    strcmp(a->instance != NULL ? a->instance : "", b->instance != NULL ? b->instance : "");

	return order != 0 ? order : (a->order > b->order) - (a->order < b->order);
}

static void head_write(FILE *file, const struct authority *authority, const char *instance)
{
	LLVMModuleRef ir = authority->program->modules.items[authority->tables.module].ir;
	LLVMValueRef variable = instance != NULL ? LLVMGetNamedGlobal(ir, instance) : NULL;

	if (variable == NULL) {
		fprintf(file, "\n%s\n", instance != NULL ? instance : "the board, while it starts");
		return;
	}
	fprintf(file, "\n%s: struct %s, %u bytes of RAM\n", instance,
		type_struct_name(type_of_variable(authority->program, variable)),
		program_size_of(authority->program, LLVMGlobalGetValueType(variable)));
}

static void lines_write(FILE *file, const struct authority *authority)
{
	const struct line *last = NULL;

	LIST_EACH(&authority->lines, line)
	{
		bool is_new =
		    last == NULL || (line->instance == NULL) != (last->instance == NULL) ||
		    (line->instance != NULL && strcmp(line->instance, last->instance) != 0);

		if (is_new) {
			head_write(file, authority, line->instance);
		}
		fprintf(file, "    %-28s %s\n", line->subject, line->text);
		last = line;
	}
}

static void variables_add(struct authority *authority)
{
	const struct memory *memory = authority->memory;
	uint32_t count = memory->objects.count;

	for (uint32_t i = 0; i < count; i++) {
		const struct object *object = &memory->objects.items[i];

		if (object->kind == OBJECT_VARIABLE && is_of_board(authority, object->value)) {
			clients_add(authority, i,
				    type_of_variable(authority->program, object->value), 0);
		}
	}
}

void authority_write(FILE *file, const char *board, const struct contexts *contexts,
		     const bool *reached)
{
	struct authority authority = {
	    .contexts = contexts, .memory = contexts->memory, .program = contexts->program};

	board_tables_read(&authority.tables, contexts->memory);
	listings_add(&authority);
	for (uint32_t i = 0; i < contexts->contexts.count; i++) {
		const struct context *context = &contexts->contexts.items[i];

		if (reached[i] && contexts->program->functions.items[context->function].module ==
				      authority.tables.module) {
			calls_add(&authority, context);
		}
	}
	variables_add(&authority);
	LIST_SORT(&authority.lines, line_compare);
	fprintf(file, "%s: who is handed what. Made by `make authority`; not to be edited.\n",
		board);
	lines_write(file, &authority);
}
