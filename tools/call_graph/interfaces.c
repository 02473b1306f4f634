#include <tools/call_graph/interfaces.h>
#include <tools/call_graph/types.h>
#include <tools/tbf/command_line.h>

#include <string.h>

/* Interfaces that call back, beside those whose name ends in _client. */
static const char *const callbacks[] = {"deferred_call", "interrupt_handler", "observer"};

static bool ends_with(const char *text, const char *end)
{
	size_t length = strlen(text);

	return length >= strlen(end) && strcmp(text + length - strlen(end), end) == 0;
}

static enum direction direction_of(const char *interface)
{
	for (size_t i = 0; i < sizeof(callbacks) / sizeof(callbacks[0]); i++) {
		if (strcmp(interface, callbacks[i]) == 0) {
			return DIRECTION_BACK;
		}
	}
	return ends_with(interface, "_client") ? DIRECTION_BACK : DIRECTION_DOWN;
}

static void operation_add(struct interfaces *interfaces, struct program *program,
			  LLVMValueRef function, struct operation operation)
{
	uint32_t other;

	operation.function = program_function(program, program_definition(program, function));
	if (map_find(&interfaces->by_function, operation.function, &other)) {
		struct operation *first = &interfaces->operations.items[other];

		if (first->direction != operation.direction) {
			refuse("%s implements %s.%s and %s.%s; one is a callback, the other is not",
			       program->functions.items[operation.function].name, first->interface,
			       first->slot, operation.interface, operation.slot);
		}
		return;
	}
	map_put(&interfaces->by_function, operation.function, interfaces->operations.count);
	LIST_ADD(&interfaces->operations, operation);
}

static void table_read(struct interfaces *interfaces, struct program *program, LLVMValueRef table)
{
	LLVMMetadataRef type = type_of_variable(program, table);
	const char *name = type_struct_name(type);
	LLVMValueRef contents = LLVMGetInitializer(table);
	field_list fields;

	if (!ends_with(name, "_operations") || contents == NULL) {
		return;
	}
	fields = type_fields(program, type);
	for (uint32_t i = 0; i < fields.count; i++) {
		LLVMValueRef function = LLVMGetAggregateElement(contents, i);
		const char *interface =
		    text_new("%.*s", (int)(strlen(name) - strlen("_operations")), name);

		if (function != NULL && LLVMIsAFunction(function)) {
			operation_add(interfaces, program, function,
				      (struct operation){.interface = interface,
							 .slot = fields.items[i].name,
							 .direction = direction_of(interface)});
		}
	}
}

void interfaces_read(struct interfaces *interfaces, struct program *program)
{
	LIST_EACH(&program->modules, module)
	{
		for (LLVMValueRef global = LLVMGetFirstGlobal(module->ir); global != NULL;
		     global = LLVMGetNextGlobal(global)) {
			if (!LLVMIsDeclaration(global)) {
				table_read(interfaces, program, global);
			}
		}
	}
}

const struct operation *interfaces_operation(const struct interfaces *interfaces, uint32_t function)
{
	uint32_t number;

	return map_find(&interfaces->by_function, function, &number)
		   ? &interfaces->operations.items[number]
		   : NULL;
}
