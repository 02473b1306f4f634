#include <tools/call_graph/evaluate.h>
#include <tools/call_graph/names.h>
#include <tools/call_graph/untimely.h>
#include <tools/tbf/command_line.h>

#include <string.h>

/* What kernel/execution_context.h annotates with. */
#define ANY_CONTEXT           "any context"
#define SEIZES_KERNEL_CONTEXT "seizes kernel context"

struct untimely {
	const struct contexts *contexts;
	const struct entry *entry;
	bool *seen; /* by context */
	number_list path;
};

static const struct function *function_of(const struct untimely *untimely, uint32_t context)
{
	const struct contexts *contexts = untimely->contexts;

	return &contexts->program->functions.items[contexts->contexts.items[context].function];
}

static const char *path_text(const struct untimely *untimely)
{
	const char *text = untimely->entry->name;

	LIST_EACH(&untimely->path, each)
	{
		text = text_new("%s -> %s", text, context_function_name(untimely->contexts, *each));
	}
	return text;
}

/* --- X1 --- */

static bool is_kernels(const struct program *program, const struct object *object)
{
	return object->kind == OBJECT_VARIABLE && !LLVMIsGlobalConstant(object->value) &&
	       !program_is_annotated(program, object->value, ANY_CONTEXT);
}

static void touch_check(const struct untimely *untimely, const struct evaluation *now,
			unsigned operand)
{
	struct set set = set_get(now->memory, evaluation_operand_set(now, operand));

	for (uint32_t i = 0; i < set.count; i++) {
		uint32_t number = now->memory->locations.items[set.locations[i]].object;

		if (is_kernels(now->contexts->program, &now->memory->objects.items[number])) {
			refuse(
			    "%s: %s touches %s, which belongs to the kernel's context, and may run "
			    "while the kernel is half-way (%s)",
			    program_place(now->contexts->program, now->instruction),
			    now->function->name, object_name(now->memory, number),
			    path_text(untimely));
		}
	}
}

/* A call that leads to no C: whatever it is handed it may touch. */
static void arguments_check(const struct untimely *untimely, const struct evaluation *now)
{
	for (unsigned i = 0; i < LLVMGetNumArgOperands(now->instruction); i++) {
		touch_check(untimely, now, i);
	}
}

static bool is_call_of_c(const struct context *context, uint32_t instruction)
{
	LIST_EACH(&context->calls, call)
	{
		if (call->instruction == instruction && call->targets.count > 0) {
			return true;
		}
	}
	return false;
}

static void instructions_check(const struct untimely *untimely, uint32_t number)
{
	const struct function *function = function_of(untimely, number);
	struct evaluation now = {
	    .contexts = (struct contexts *)untimely->contexts,
	    .memory = untimely->contexts->memory,
	    .number = number,
	    .function = function,
	};

	for (now.index = 0; now.index < function->instructions.count; now.index++) {
		now.instruction = function->instructions.items[now.index];
		switch (LLVMGetInstructionOpcode(now.instruction)) {
		case LLVMLoad:
			touch_check(untimely, &now, 0);
			break;
		case LLVMStore:
			touch_check(untimely, &now, 1);
			break;
		case LLVMCall:
			if (!is_call_of_c(evaluation_context(&now), now.index)) {
				arguments_check(untimely, &now);
			}
			break;
		default: /* only computes */
			break;
		}
	}
}

/* --- X2 --- */

static bool seizes(const struct untimely *untimely, uint32_t context)
{
	const struct function *function = function_of(untimely, context);
	unsigned kind = LLVMGetEnumAttributeKindForName("noreturn", strlen("noreturn"));

	if (!program_is_annotated(untimely->contexts->program, function->value,
				  SEIZES_KERNEL_CONTEXT)) {
		return false;
	}
	if (LLVMGetEnumAttributeAtIndex(function->value, LLVMAttributeFunctionIndex, kind) ==
	    NULL) {
		refuse("%s seizes the kernel's context and may return to it; make it noreturn",
		       function->name);
	}
	return true;
}

/* --- All --- */

static void walk(struct untimely *untimely, uint32_t number, const char *only)
{
	if (untimely->seen[number] || seizes(untimely, number)) {
		return;
	}
	untimely->seen[number] = true;
	LIST_ADD(&untimely->path, number);
	instructions_check(untimely, number);
	LIST_EACH(&untimely->contexts->contexts.items[number].calls, call)
	{
		LIST_EACH(&call->targets, target)
		{
			const char *name = context_function_name(untimely->contexts, *target);

			if (only == NULL || strcmp(only, name) == 0) {
				walk(untimely, *target, NULL);
			}
		}
	}
	untimely->path.count--;
}

void untimely_check(const struct machine *machine, const struct contexts *contexts,
		    const number_list *roots)
{
	for (uint32_t i = 0; i < machine->entries.count; i++) {
		struct untimely untimely = {
		    .contexts = contexts,
		    .entry = &machine->entries.items[i],
		    .seen = memory_new(contexts->contexts.count, sizeof(bool)),
		};

		if (untimely.entry->is_nested || untimely.entry->is_abrupt) {
			walk(&untimely, roots->items[i], untimely.entry->only);
		}
	}
}
