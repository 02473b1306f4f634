#include <tools/call_graph/board_tables.h>
#include <tools/call_graph/types.h>

#include <string.h>

enum {
	POINTER_SIZE = 4,
	GROUP_SIZE = 8, /* struct driver_group: a table and its length */
};

/* Names of kernel/board.h. */
static const char board_struct[] = "board";

static const struct field_role {
	const char *field;
	const char *role;
} kernel_uses[] = {
    {"slice_timer", "slice timer of the kernel"},
    {"clock", "clock of the kernel"},
    {"observer", "observer of the kernel"},
    {"resume_client", "resume client of the kernel"},
    {"fault_policy", "fault policy of the kernel"},
    {"panic_writer", "panic writer of the kernel"},
    {"panic_reporter", "panic reporter of the kernel"},
};

static void board_find(struct board_tables *tables, const struct program *program)
{
	for (uint32_t i = 0; i < program->modules.count; i++) {
		LLVMModuleRef ir = program->modules.items[i].ir;

		for (LLVMValueRef global = LLVMGetFirstGlobal(ir); global != NULL;
		     global = LLVMGetNextGlobal(global)) {
			LLVMMetadataRef type = type_of_variable(program, global);

			if (strcmp(type_struct_name(type), board_struct) == 0 &&
			    LLVMGetInitializer(global) != NULL) {
				tables->board = global;
				tables->module = i;
			}
		}
	}
}

/* A field of a constant struct variable; NULL: it has no such field. */
static LLVMValueRef field_of(const struct program *program, LLVMMetadataRef type,
			     LLVMValueRef constant, const char *name)
{
	field_list fields = type_fields(program, type);

	LIST_EACH(&fields, field)
	{
		if (strcmp(field->name, name) == 0) {
			return LLVMGetAggregateElement(
			    constant, LLVMElementAtOffset(program->layout, LLVMTypeOf(constant),
							  field->offset));
		}
	}
	return NULL;
}

/* The constant that a pointer leads to; NULL: there is none. */
static LLVMValueRef constant_at(LLVMValueRef pointer)
{
	return pointer != NULL && LLVMIsAGlobalVariable(pointer) ? LLVMGetInitializer(pointer)
								 : NULL;
}

static void drivers_list(struct board_tables *tables, const struct memory *memory, uint32_t group,
			 uint32_t value)
{
	struct value entries = memory->values.items[value];

	for (uint32_t i = 0; i < entries.count; i++) {
		struct set set = set_get(memory, entries.parts[i].set);
		uint32_t index = entries.parts[i].offset / POINTER_SIZE;

		LIST_ADD(&tables->listings,
			 ((struct listing){set.locations[0], "driver",
					   text_new("driver 0x%x", group << 16 | index)}));
	}
}

static void interrupts_list(struct board_tables *tables, const struct memory *memory,
			    uint32_t value)
{
	struct value entries = memory->values.items[value];

	for (uint32_t i = 0; i < entries.count; i++) {
		struct set set = set_get(memory, entries.parts[i].set);

		LIST_ADD(&tables->listings,
			 ((struct listing){set.locations[0], "interrupt_handler",
					   text_new("interrupt line %u",
						    entries.parts[i].offset / POINTER_SIZE)}));
	}
}

/* The tables that a table of driver groups points to, one group each. */
static void groups_list(struct board_tables *tables, struct memory *memory, uint32_t value)
{
	struct value groups = memory->values.items[value];

	for (uint32_t i = 0; i < groups.count; i++) {
		struct set set = set_get(memory, groups.parts[i].set);
		struct location location = memory->locations.items[set.locations[0]];
		LLVMValueRef drivers = constant_at(memory->objects.items[location.object].value);

		if (drivers != NULL) {
			drivers_list(tables, memory, groups.parts[i].offset / GROUP_SIZE,
				     memory_constant(memory, drivers));
		}
	}
}

static uint32_t table_value(struct memory *memory, LLVMValueRef pointer)
{
	LLVMValueRef contents = constant_at(pointer);

	return contents != NULL ? memory_constant(memory, contents) : 0;
}

static void kernel_uses_list(struct board_tables *tables, struct memory *memory,
			     LLVMMetadataRef type, LLVMValueRef board)
{
	for (size_t i = 0; i < sizeof(kernel_uses) / sizeof(kernel_uses[0]); i++) {
		LLVMValueRef field = field_of(memory->program, type, board, kernel_uses[i].field);
		uint32_t value = field != NULL ? memory_constant(memory, field) : 0;
		struct set set = set_get(memory, value_set(memory, value));

		if (set.count > 0) {
			LIST_ADD(&tables->listings,
				 ((struct listing){set.locations[0], kernel_uses[i].field,
						   kernel_uses[i].role}));
		}
	}
}

void board_tables_read(struct board_tables *tables, struct memory *memory)
{
	struct program *program = memory->program;
	LLVMMetadataRef type;
	LLVMValueRef board;

	board_find(tables, program);
	if (tables->board == NULL) {
		return;
	}
	type = type_of_variable(program, tables->board);
	board = LLVMGetInitializer(tables->board);
	groups_list(tables, memory,
		    table_value(memory, field_of(program, type, board, "driver_groups")));
	interrupts_list(tables, memory,
			table_value(memory, field_of(program, type, board, "interrupts")));
	kernel_uses_list(tables, memory, type, board);
}
